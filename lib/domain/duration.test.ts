import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDuration, writeDuration } from './duration.ts';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['30d', 2_592_000_000],
  ['090s', 90_000],
])('%s is %i ms', (text, ms) => {
  expect(readDuration(text)).toEqual({ ok: true, ms });
});

test.each([
  ['10', 'Write a whole number'],
  [10, 'Write `10s` if seconds are meant, `10m` if minutes are meant.'],
  [-5, 'Write a whole number'],
  [1.5, 'Write `1500ms` if seconds are meant, `90s` if minutes are meant.'],
  ['1.5h', 'Write `90m`.'],
  ['1h30m', 'Write `90m`.'],
  ['10 min', 'Write `10m`.'],
  ['10M', 'Write `10m`.'],
  ['3 weeks', 'Write `21d`.'],
  ['-10m', 'Write a whole number'],
  ['', 'Write a whole number'],
  ['99999999999999999d', 'Write a whole number'],
  [null, 'Write a whole number'],
])('%s is none, and what to write is said', (input, remedy) => {
  const read = readDuration(input);
  expect(read.ok ? '' : read.remedy).toContain(remedy);
});

test('a number gets the units that make it a length that can stand there', () => {
  const read = readDuration(10_000, { leastMs: 100, mostMs: 120_000 });
  expect(read).toMatchObject({ ok: false, remedy: 'Write `10s` if milliseconds are meant.' });
  const seconds = readDuration('10000s', { leastMs: 100, mostMs: 120_000 });
  expect(seconds).toMatchObject({ remedy: 'Write `10s` if milliseconds were meant; else at most `2m`.' });
});

test('what is written is read as what it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (ms) => {
      expect(readDuration(writeDuration(ms))).toEqual({ ok: true, ms });
    }),
  );
});
