import { describe, expect, test } from 'vitest';
import { listWords, numberWords, percent, shown, spanWords } from './words.ts';

describe('lengths of time are cut to one unit', () => {
  test.each([
    [900, '900 ms'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [90_000, '90 s'],
    [239_000, '3 min'],
    [3_600_000, '1 h'],
    [5_400_000, '90 min'],
    [26 * 3_600_000, '26 h'],
    [15 * 86_400_000, '15 d'],
  ])('%i is %s', (ms, words) => {
    expect(spanWords(ms)).toBe(words);
  });
});

describe('numbers are cut, never rounded up', () => {
  test.each([
    [299.9999, '299.999'],
    [0.30000000000000004, '0.3'],
    [2.7999999999999998, '2.8'],
    [48_210_000, '48210000'],
    [4.02976, '4.029'],
    [1.005, '1.005'],
    [12_345.6789, '12345.678'],
    [-1.23456789, '-1.234'],
    [0.0123456, '0.0123'],
    [0.99999, '0.999'],
    [0, '0'],
    [1e-7, '1e-7'],
    [1.23456e-9, '1.23e-9'],
    [1.23456e21, '1.23456e+21'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('%d is %s', (value, words) => {
    expect(numberWords(value)).toBe(words);
  });

  test('a number is not cut to the other side of its bound', () => {
    expect(numberWords(10.00042, (cut) => cut > 10)).toBe('10.0004');
    expect(numberWords(10 + 2e-15, (cut) => cut > 10)).toBe('10.000000000000002');
  });

  test('a share is whole only when it is', () => {
    expect([percent(999, 1000), percent(2, 3), percent(0, 0), percent(7, 7)]).toEqual([99, 66, 0, 100]);
  });
});

test('attack 18: marks that cannot be seen, or turn the text, stand as code points', () => {
  expect(shown('a\u202egnp\u0000\u200b\u00a0')).toBe('a\\u{202E}gnp\\u{0}\\u{200B}\\u{A0}');
  expect(shown('Zürich 北京')).toBe('Zürich 北京');
  expect(shown('x'.repeat(200))).toHaveLength(80);
});

test('attack 20: letters that pass for Latin ones stand as code points, and words of another script as they are', () => {
  expect(shown('Mainnet g\u0430te')).toBe('Mainnet g\\u{430}te');
  expect(shown('\u0420assed, \uff27ate, n\u03bfde')).toBe('\\u{420}assed, \\u{FF27}ate, n\\u{3BF}de');
  expect(shown('Fast\u2011mainnet')).toBe('Fast\\u{2011}mainnet');
  expect(shown('Сосна, Ωμέγα, 5 µs')).toBe('Сосна, Ωμέγα, 5 µs');
  expect(shown('\u0441'.repeat(200_000), 300_000)).toHaveLength(200_000);
});

test('lists name a few and count the rest', () => {
  expect(listWords(['a'])).toBe('“a”');
  expect(listWords(['a', 'b', 'c', 'd'])).toBe('“a”, “b”, “c” and “d”');
  expect(listWords(['a', 'b', 'c', 'd', 'e'])).toBe('“a”, “b”, “c” and 2 more');
});
