import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { storable } from './storable.ts';

test('what can be stored is the same value, not a copy', () => {
  const value = { text: 'plain, 🟢 and “\\u0000” written out', list: [1, null, true] };
  expect(storable(value.list)).toBe(value.list);
  expect(storable(value)).toEqual(value);
});

test.each([
  ['NUL in a text', { a: 'x\0y' }, { a: 'x\ufffdy' }],
  ['a character that was cut in half', { a: ['🟢'.slice(0, 1)] }, { a: ['\ufffd'] }],
  ['its other half', '🟢'.slice(1), '\ufffd'],
  ['a key', { 'a\0': 1 }, { 'a\ufffd': 1 }],
])('attack 20: %s is replaced', (_name, value, expected) => {
  expect(storable<unknown>(value)).toEqual(expected);
});

test('whatever comes in, canonical JSON takes what comes out', () => {
  const text = fc.string({ unit: 'binary' }).map((whole) => whole.slice(0, Math.floor(whole.length / 2)));
  const value = fc.record({ text, list: fc.array(text), inner: fc.dictionary(fc.string(), text) });
  fc.assert(
    fc.property(value, (one) => {
      const kept = canonicalJson(storable(one));
      expect(kept).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
  );
});
