import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

function finds(source: string, text: string, lines = true): boolean {
  const compiled = compilePattern(source, { lines });
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.pattern.test(text);
}

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\w',
  '\\W',
  '\\d',
  '\\s',
  '\\b',
  '\\B',
  '^',
  '$',
  '[ab]',
  '[^a]',
  '[a-c\\d-]',
  '\\n',
  'é',
  '😀',
  '\\.',
);
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, two]) => `${one}${two}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, two]) => `(?:${one}|${two})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,1}', '{2,}', '*?'))
      .map(([one, count]) => `(${one})${count}`),
  ),
}));
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', '\r', '.', '_', 'é', '😀', 'A'),
  maxLength: 12,
});

test('finds what JavaScript’s own regular expressions find', () => {
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (source, within, lines) => {
      // V8 finds \\B in the middle of a surrogate pair, where ECMA-262 (AdvanceStringIndex) never looks.
      fc.pre(!(source.includes('\\B') && within.includes('😀')));
      expect(finds(source, within, lines)).toBe(new RegExp(source, lines ? 'mu' : 'u').test(within));
    }),
    { numRuns: 3000 },
  );
});

test('looks between characters, and never inside one', () => {
  expect(finds('\\B', 'b😀A')).toBe(false);
  expect(finds('\\B', 'b😀😀A')).toBe(true);
});

test('blind to case, too', () => {
  fc.assert(
    fc.property(fc.constantFrom('ab', '[a-b]c', '[^A]b', 'É', 'B+'), text, (source, within) => {
      expect(finds(`(?i)${source}`, within)).toBe(new RegExp(source, 'imu').test(within));
    }),
    { numRuns: 500 },
  );
});

describe('what makes other engines hang', () => {
  const long = 'a'.repeat(1024 * 1024);
  test.each(['(a+)+$b', '(a|aa)+c', 'a*a*a*a*a*b', '(.*)*x', '(a?){50}b', '\\s*x', '(?:a{1,30}){1,30}c'])(
    '%s',
    (source) => {
      expect(finds(source, long)).toBe(false);
      expect(finds(source, ' '.repeat(1024 * 1024))).toBe(false);
    },
  );
});

test.each([
  ['(?=a)', 'looks ahead or behind'],
  ['(?<!a)b', 'looks ahead or behind'],
  ['(a)\\1', 'refers back'],
  ['(?<n>a)\\k<n>', 'refers back'],
  ['\\p{L}', 'not known here'],
  ['(a', 'without its )'],
  ['a)', 'without its ('],
  ['[a', 'without its ]'],
  ['[z-a]', 'a range'],
  ['*a', 'nothing before it'],
  ['a{', 'begins no count'],
  ['a{3,2}', 'counts backwards'],
  ['a]', 'a lone ]'],
  ['\\', 'ends with a lone'],
  ['\\xZZ', 'without its digits'],
  ['^*', 'says nothing'],
  ['(?:a{999}){999}', 'too large'],
  ['a'.repeat(1001), 'longer than'],
])('%s is refused with a reason', (source, words) => {
  const compiled = compilePattern(source, { lines: true });
  expect(compiled.ok ? '' : compiled.message).toContain(words);
});
