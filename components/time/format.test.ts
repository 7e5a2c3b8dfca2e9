import { expect, test } from 'vitest';
import {
  formatAge,
  formatExact,
  formatMoment,
  formatSpan,
  formatTook,
  formatUntil,
  formatWork,
} from './format.ts';

const second = 1000;
const hour = 3_600_000;

test('spans are truncated, never rounded up, and turn to days at 48 h', () => {
  expect(formatSpan(59.9 * second)).toBe('59 s');
  expect(formatSpan(119.9 * second)).toBe('1 min');
  expect(formatSpan(26 * hour)).toBe('26 h');
  expect(formatSpan(48 * hour - 1)).toBe('47 h');
  expect(formatSpan(48 * hour)).toBe('2 d');
  expect(formatSpan(-5 * second)).toBe('0 s');
});

test('an instant to come, by a clock that runs ahead, is no negative age', () => {
  const at = '2026-11-23T08:10:12.000Z';
  expect(formatAge(at, Date.parse(at) - 3000)).toBe('0 s');
  expect(formatUntil(at, Date.parse(at) - 9 * 24 * hour)).toBe('in 9 d');
  expect(formatUntil(at, Date.parse(at) + 6 * hour)).toBe('6 h ago');
});

test('moments say today, the day, or the year, in the reader’s zone', () => {
  const nowMs = Date.parse('2026-11-23T23:30:00.000Z');
  expect(formatMoment('2026-11-23T07:52:00.000Z', nowMs, 'UTC')).toBe('today 07:52');
  expect(formatMoment('2026-11-23T07:52:00.000Z', nowMs, 'Asia/Tokyo')).toBe('23 Nov 16:52');
  expect(formatMoment('2025-11-23T07:52:00.000Z', nowMs, 'UTC')).toBe('23 Nov 2025');
  expect(formatExact('2026-11-23T08:10:12.000Z', 'UTC')).toBe('23 Nov 2026, 08:10:12 UTC');
});

test('work in hours and minutes', () => {
  expect(formatWork(45 * 60_000)).toBe('45 min');
  expect(formatWork(3.5 * hour)).toBe('3 h 30 min');
  expect(formatWork(8 * hour)).toBe('8 h');
});

test('how long something took is said in its two largest units, truncated', () => {
  expect([999, 12_999, 242_000, 240_500, 3_780_000, 7_200_000].map(formatTook)).toEqual([
    '0 s',
    '12 s',
    '4 min 2 s',
    '4 min',
    '1 h 3 min',
    '2 h',
  ]);
});
