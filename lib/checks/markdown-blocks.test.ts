import { expect, test } from 'vitest';
import { readBlocks } from './markdown-blocks.ts';

test.each([
  ['list items', '- a\n'],
  ['empty items', '-\n'],
  ['numbered items', '1. a\n'],
  ['quoted items', '> * a\n'],
  ['table rows', '| a |\n'],
])('a document of too many %s is not read, and says so', (_, line) => {
  const read = readBlocks(line.repeat(32_001), 'a runbook');
  expect(read).toEqual({
    ok: false,
    message: 'it has over 32 000 list items and table rows and was not read as a runbook',
  });
});

test('prose of as many lines is read', () => {
  expect(readBlocks('word\n'.repeat(33_000), 'a runbook').ok).toBe(true);
});
