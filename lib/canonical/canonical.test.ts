import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { digestOf } from './digest.ts';
import { parseStrictJson } from './parse.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('canonical JSON', () => {
  test('orders keys by UTF-16 code units, as the sample of RFC 8785, section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const values = [...canonicalJson(sample).matchAll(/:"([^"]*)"/g)].map(([, value]) => value);
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  test('writes numbers as ECMAScript does, section 3.2.2.3', () => {
    expect(canonicalJson([Number('333333333.33333329')])).toBe('[333333333.3333333]');
    expect(canonicalJson([4.5, 0.002, 1e-27, -0])).toBe('[4.5,0.002,1e-27,0]');
  });

  test.each([
    ['undefined', { a: undefined }],
    ['a hole in an array', new Array(1)],
    ['NaN', [Number.NaN]],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53 - 1', 2 ** 53],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a bigint', 1n],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('does not depend on the order in which members were written, and comes back the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (object) => {
        const safe = JSON.parse(JSON.stringify(object), (_key, value) =>
          typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value,
        );
        fc.pre(JSON.stringify(safe).isWellFormed() && !JSON.stringify(safe).includes('\\ud'));
        const reversed = Object.fromEntries(Object.entries(safe).reverse());
        const text = canonicalJson(safe);
        expect(canonicalJson(reversed)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

test('a digest names its function', () => {
  expect(digestOf({ b: 1, a: [] }, sha256)).toBe(`sha256:${sha256('{"a":[],"b":1}')}`);
});

describe('strict reading', () => {
  test.each([
    ['{"a":1,"a":2}', /"a" stands twice/],
    ['{"a":{"b":1,"\\u0062":2}}', /"b" stands twice/],
    ['["\\ud800"]', /lone surrogate/],
    ['{"a":1', /Not JSON/],
  ])('refuses %s', (text, message) => {
    const read = parseStrictJson(text);
    expect(read.ok ? 'read' : read.message).toMatch(message);
  });

  test('takes the same key in two objects, and keys that look like values', () => {
    expect(parseStrictJson('[{"a":"a","b":["a","a"]},{"a":{"a":1}}]').ok).toBe(true);
  });
});
