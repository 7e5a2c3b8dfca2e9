import { timingSafeEqual } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { isSame } from './same.ts';

vi.mock('node:crypto', { spy: true });

const secret = 'whsec_a-secret-of-this-test';
test.each([
  ['the same', secret, true],
  ['nothing', '', false],
  ['its beginning', secret.slice(0, -1), false],
  ['more than it', `${secret}x`, false],
  ['its first letter another', `x${secret.slice(1)}`, false],
  ['its last letter another', `${secret.slice(0, -1)}x`, false],
  ['other words of its length', 'x'.repeat(secret.length), false],
  ['10 MB', 'x'.repeat(10_000_000), false],
])('attack 15: %s is compared by digests of one length, in a time that tells nothing', (_, given, same) => {
  const compared = vi.mocked(timingSafeEqual);
  compared.mockClear();
  expect(isSame(given, secret)).toBe(same);
  expect(compared.mock.calls.map((sides) => sides.map(({ byteLength }) => byteLength))).toEqual([[32, 32]]);
});
