import { describe, expect, test } from 'vitest';
import { parseEnvironment } from './env.ts';

const SECRET = 'a secret that is long enough to be one';

function problemsOf(raw: Record<string, string>): string {
  const parsed = parseEnvironment(raw);
  return parsed.kind === 'bad-environment' ? parsed.message : '';
}

describe('the environment', () => {
  test('is whole with nothing set, and stays on loopback', () => {
    const parsed = parseEnvironment({ HOST: '0.0.0.0' });
    expect(parsed).toMatchObject({
      kind: 'environment',
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 4400,
      logLevel: 'info',
      allow: [],
      ci: false,
    });
    expect(parsed.kind === 'environment' && parsed.dataDir).toMatch(/\.big-green\/data$/);
  });

  test('takes an empty variable for one that is not set', () => {
    expect(parseEnvironment({ DATABASE_URL: '', PORT: '', LOG_LEVEL: '', CI: '' })).toMatchObject({
      kind: 'environment',
      databaseUrl: undefined,
      port: 4400,
      ci: false,
    });
  });

  test('reads the allow-list as hosts and ranges', () => {
    const parsed = parseEnvironment({
      BIG_GREEN_ALLOW: 'Prometheus.internal, 10.0.0.0/8,192.168.1.5, fd00::1,',
    });
    expect(parsed.kind === 'environment' && parsed.allow).toEqual([
      { kind: 'host', host: 'prometheus.internal' },
      { kind: 'range', cidr: '10.0.0.0/8' },
      { kind: 'range', cidr: '192.168.1.5/32' },
      { kind: 'range', cidr: 'fd00::1/128' },
    ]);
  });

  test.each([
    [{ PORT: 'eighty' }, /^PORT wants a port/],
    [{ PORT: '70000' }, /^PORT/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL/],
    [
      { DATABASE_URL: 'mysql://host/db', BIG_GREEN_SECRET: SECRET },
      /^DATABASE_URL wants an address such as postgresql/,
    ],
    [{ DATABASE_URL: 'postgresql://host', BIG_GREEN_SECRET: SECRET }, /^DATABASE_URL/],
    [{ DATABASE_URL: 'postgresql://host/db' }, /^BIG_GREEN_SECRET is needed with DATABASE_URL/],
    [{ BIG_GREEN_SECRET: 'short' }, /^BIG_GREEN_SECRET wants at least 32 characters/],
    [{ BIG_GREEN_ALLOW: 'http://x/' }, /"http:\/\/x\/", which is neither a host/],
    [{ BIG_GREEN_ALLOW: '10.0.0.0/64' }, /neither a host/],
    [{ BIG_GREEN_ALLOW_PLAIN_TOKENS: 'http://x/' }, /^BIG_GREEN_ALLOW_PLAIN_TOKENS names "http:/],
    [{ BIG_GREEN_ALLOW: '0x7f000001' }, /neither a host/],
  ])('says what is wrong with %j', (raw, said) => {
    expect(problemsOf(raw)).toMatch(said);
  });

  test('repeats no secret in what it says', () => {
    const said = problemsOf({ DATABASE_URL: 'postgres//u:hunter2@h/d', BIG_GREEN_SECRET: 'swordfish' });
    expect(said).not.toMatch(/hunter2|swordfish/);
    expect(said.split('\n')).toHaveLength(2);
  });
});
