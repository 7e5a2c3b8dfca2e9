import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linePlaces } from './line-places.ts';
import { catalogue } from './mistakes/catalogue.fixture.ts';
import { sound } from './mistakes/sound.fixture.ts';
import { readSpec } from './read.ts';

test('a place is its line and column, one-based, and never outside the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), fc.integer(), (text, offset) => {
      const within = Math.max(0, Math.min(offset, text.length));
      const before = text.slice(0, within).split('\n');
      expect(linePlaces(text)(offset)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
  );
});

test('a fault behind one that the library stumbles over stands on its own line', () => {
  const unclosed = sound.replace('allowed: [', 'allowed: [one] metric\n            [');
  const text = unclosed.replace('LagHigh:', 'LagH');
  const read = readSpec(text, { catalogue, name: 'aurora.yaml' });
  const second = text.split('\n').findIndex((line) => line.includes('LagH ')) + 1;
  expect(second).toBeGreaterThan(0);
  expect(read.ok ? [] : read.problem.faults.map(({ line }) => line)).toContain(second);
});
