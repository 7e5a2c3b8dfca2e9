import { describe, expect, test } from 'vitest';
import { redactedMark as gone } from '#lib/domain/observations/endpoint.ts';
import { isSecretKey, redact, redactText } from './redact.ts';

describe('keys that name a secret', () => {
  test.each([
    'token',
    'accessToken',
    'access_token',
    'client_secret',
    'PASSWORD',
    'db-password',
    'Authorization',
    'api_key',
    'apiKey',
    'X-Api-Key',
    'apikey',
    'private_key',
    'privateKey',
    'sessionId',
    'set-cookie',
    'mnemonic',
    'seed_phrase',
  ])('%s', (key) => {
    expect(isSecretKey(key)).toBe(true);
  });

  test.each([
    'token_supply',
    'tokenSymbol',
    'public_key',
    'key',
    'seed',
    'secretary',
    'passwords_changed_at',
    'author',
    '',
  ])('not %s', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });
});

test('under such a key every text and number goes, at any depth; the shape stays', () => {
  const body = {
    password: 12345,
    secrets: { first: 'canary', list: ['canary', 7, null, true] },
    nodes: [{ api_key: 'canary', name: 'one' }],
  };
  expect(redact(body)).toEqual({
    password: gone,
    secrets: { first: gone, list: [gone, gone, null, true] },
    nodes: [{ api_key: gone, name: 'one' }],
  });
});

test('amounts of tokens stay', () => {
  expect(redact({ tokens: 5, token_supply: '100', locked_tokens: 7 })).toEqual({
    tokens: 5,
    token_supply: '100',
    locked_tokens: 7,
  });
});

describe('texts that look like a secret', () => {
  test.each([
    ['Bearer abcdef0123456789abcdef', gone],
    ['sent authorization: Basic dXNlcjpwYXNzd29yZDEyMw== to it', `sent authorization: ${gone} to it`],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P', gone],
    [`ghp_${'a1B2'.repeat(9)} used`, `${gone} used`],
    ['AKIAIOSFODNN7EXAMPLE', gone],
    ['postgres://app:hunter2@db/prod', `postgres://${gone}@db/prod`],
    ['http://node/a?token=canary&x=1', `http://node/a?token=${gone}&x=1`],
    ['-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n', `${gone}\n`],
    ['xY3'.repeat(30), gone],
  ])('%s', (text, clean) => {
    expect(redactText(text)).toBe(clean);
  });

  test.each([
    'ab12'.repeat(16), // SHA-256
    `0x${'AB12cd34'.repeat(8)}`,
    'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0', // commit
    'basic authentication is off',
    'bearer instruments accepted',
    'https://example.org/docs/Operations/Runbooks/Treasury/Stuck/And/How/To/Get/Going/Again',
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  ])('not %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test('long texts made to be slow are gone through at once', () => {
    for (const part of ['-eyJ', 'bearer ', '-----BEGIN A', '://a', 'ghp_', '?key=', 'a1B']) {
      const text = part.repeat(1_000_000 / part.length);
      expect(redactText(text).length).toBeLessThanOrEqual(text.length * 2);
    }
  });
});
