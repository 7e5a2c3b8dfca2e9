import { expect, test } from 'vitest';
import { axisTicks, formatNumber } from './number.ts';

test('numbers are truncated, never rounded up', () => {
  expect(formatNumber(0.9999)).toBe('0.999');
  expect(formatNumber(1.15)).toBe('1.15');
  expect(formatNumber(299.99)).toBe('299.9');
  expect(formatNumber(48_219_999)).toBe('48.21 M');
  expect(formatNumber(12_000)).toBe('12 k');
  expect(formatNumber(-3.456)).toBe('-3.45');
  expect(formatNumber(0)).toBe('0');
  expect(formatNumber(0.00012)).toBe('1.2e-4');
});

test('an axis has round ticks that hold the greatest value', () => {
  expect(axisTicks(0, 412)).toEqual([0, 250, 500]);
  expect(axisTicks(0, 600)).toEqual([0, 300, 600]);
  expect(axisTicks(0, 0.42)).toEqual([0, 0.25, 0.5]);
  for (const high of [1, 3, 7.3, 19, 99, 101, 5_000_000])
    expect(axisTicks(0, high).at(-1)).toBeGreaterThanOrEqual(high);
});
