import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeal } from './seal.ts';

const seal = createSeal('of this test alone, and long enough', 'token');

test('what was sealed opens for what it is bound to, and for nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, one, other) => {
      const sealed = seal.seal(text, [one, other]);
      expect(seal.open(sealed, [one, other])).toBe(text);
      expect(seal.open(sealed, [one])).toBeNull();
      expect(seal.open(sealed, [`${one}${other}`, ''])).toBe(other === '' ? text : null);
    }),
    { numRuns: 50 },
  );
});

test('another secret or another purpose opens nothing', () => {
  const sealed = seal.seal('ghp_canary', ['key']);
  expect(createSeal('of this test alone, but another one', 'token').open(sealed, ['key'])).toBeNull();
  expect(createSeal('of this test alone, and long enough', 'key').open(sealed, ['key'])).toBeNull();
});

test('no changed byte and no cut goes unseen, and nothing of the text can be read', () => {
  const sealed = seal.seal('ghp_canary', ['key']);
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('canary');
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(seal.open(changed, ['key'])).toBeNull();
    expect(seal.open(sealed.subarray(0, index), ['key'])).toBeNull();
  }
});

test('the same text sealed twice looks otherwise', () => {
  expect(seal.seal('a', [])).not.toEqual(seal.seal('a', []));
});
