import { expect, test } from 'vitest';
import { anchorOf, anchorsOf } from './anchor.ts';

test.each([
  ['Treasury Stuck', 'treasury-stuck'],
  ['Queue: `stuck`, or slow?', 'queue-stuck-or-slow'],
  ['A  b', 'a--b'],
  ['Größe – 50 %', 'größe--50-'],
  ['snake_case & so-on', 'snake_case--so-on'],
  ['🚦 Ampel', '-ampel'],
])('%s is #%s on GitHub', (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor);
});

test('headings of one title are numbered, and never take another’s anchor', () => {
  expect(anchorsOf(['Symptoms', 'Symptoms', 'Symptoms 1', 'symptoms'])).toEqual([
    'symptoms',
    'symptoms-1',
    'symptoms-1-1',
    'symptoms-2',
  ]);
});
