import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllowList, whyRefused } from './address.ts';
import type { ResolvedAddress } from './connect.ts';
import { type Hostile, startHostile } from './hostile.ts';
import { createOutgoing } from './outgoing.ts';
import { whyNoToken } from './plain-token.ts';

let hostile: Hostile;
let other: Hostile;
beforeAll(async () => {
  other = await startHostile();
  hostile = await startHostile(other.origin);
});
afterAll(() => Promise.all([hostile.close(), other.close()]));

/** Asks once with a fresh outgoing function; gives the refusal. */
async function refusal(url: string, options: Partial<Parameters<typeof createOutgoing>[0]> = {}) {
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], ...options });
  const answer = await outgoing({ url, what: 'Node', timeoutMs: 5_000 });
  await outgoing.close();
  if (answer.ok) throw new Error(`answered ${answer.status}`);
  return answer.failure;
}

const everything = ['0.0.0.0/0', '::/0', 'metadata.internal', 'localhost'];

describe('attack 22: addresses that are never asked, whatever the allow-list says', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://169.254.1.1',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
    'http://[fd20:ce::254]',
    'http://[::ffff:169.254.169.254]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::169.254.169.254]',
    'http://[64:ff9b::169.254.169.254]',
    'http://[64:ff9b:1::1]',
    'http://[2002:a9fe:a9fe::1]',
    'http://[2001:0:4136:e378::1]',
    'http://100.100.100.200',
    'http://168.63.129.16',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::ffff:0.0.0.0]',
    'http://224.0.0.1',
    'http://[ff02::1]',
    'http://255.255.255.255',
  ])('%s', async (url) => {
    const failure = await refusal(url, { allow: everything });
    expect(failure.kind).toBe('refused');
    expect(failure.message).toContain('whatever the allow-list says');
  });

  test('a name that leads there', async () => {
    const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
    const failure = await refusal('http://metadata.internal/', { allow: everything, resolve });
    expect(failure.message).toContain('169.254.169.254 is a link-local address');
  });
});

describe('attack 22: addresses that want the allow-list', () => {
  test.each([
    'http://127.0.0.1:9',
    'http://127.9.9.9',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://10.0.0.5:9090',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://[fd12:3456::1]',
    'http://198.18.0.1',
  ])('%s is refused without it', async (url) => {
    const failure = await refusal(url, { allow: [] });
    expect(failure.kind).toBe('refused');
    expect(failure.message).toContain('that the allow-list (BIG_GREEN_ALLOW) does not hold');
  });

  test.each<[string, string, readonly string[], boolean]>([
    ['10.1.2.3', 'prometheus.internal', ['10.1.2.3'], true],
    ['10.1.2.3', 'prometheus.internal', ['10.1.0.0/16'], true],
    ['10.1.2.3', 'prometheus.internal', ['Prometheus.Internal'], true],
    ['10.1.2.3', 'prometheus.internal.', ['prometheus.internal'], true],
    ['10.1.2.3', 'evil.prometheus.internal', ['prometheus.internal'], false],
    ['10.2.2.3', 'prometheus.internal', ['10.1.0.0/16'], false],
    ['::ffff:10.1.2.3', 'x', ['10.1.0.0/16'], true],
    ['fd00::7', 'x', ['fd00::/8'], true],
    ['::1', 'x', ['127.0.0.1'], false],
    ['93.184.216.34', 'x', [], true],
    ['2606:2800:220:1::1', 'x', [], true],
  ])('%s for %s with %j: %s', (address, host, entries, open) => {
    const allow = parseAllowList(entries);
    if (!allow.ok) throw new Error(allow.message);
    expect(whyRefused(address, host, allow.list) === null).toBe(open);
  });

  test.each(['', 'http://a', 'a b', '10.0.0.0/33', '10.0.0/8', '*.internal', 'a/8'])(
    '“%s” is no entry',
    (entry) => {
      const allow = parseAllowList([entry]);
      expect(!allow.ok && allow.message).toContain(`“${entry}” in the allow-list is no host name`);
    },
  );
});

describe('attack 22: hosts in disguise', () => {
  test.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['http://%31%32%37.0.0.1/', '127.0.0.1'],
    ['http://１２７.0.0.1/', '127.0.0.1'],
    ['http://0xa9.0xfe.0xa9.0xfe/', '169.254.169.254'],
  ])('%s is refused and named', async (url, address) => {
    expect((await refusal(url)).message).toContain(`is another way of writing ${address}`);
  });

  test.each([
    'http://user@127.0.0.1/',
    'http://example.org@127.0.0.1/',
    'http://@127.0.0.1/',
    'http://127.0.0.1\\@example.org/',
    'http://127.0.0.1\t/',
    'http://127.0.0.1/a b',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ftp://127.0.0.1/',
    '//127.0.0.1/',
    'http://',
    'http://127.0.0.1:99999/',
  ])('%j is refused', async (url) => {
    const before = hostile.requests.length;
    expect((await refusal(url)).kind).toBe('refused');
    expect(hostile.requests.length).toBe(before);
  });
});

test('attack 22: a name that answers differently the second time is judged the second time', async () => {
  const answers: ResolvedAddress[][] = [
    [{ address: '127.0.0.1', family: 4 }],
    [{ address: '169.254.169.254', family: 4 }],
    [{ address: '10.0.0.1', family: 4 }],
    [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  ];
  const resolve = async () => answers.shift() ?? [];
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], resolve });
  const url = `http://rebind.example:${new URL(hostile.origin).port}/status/200?connection=close`;
  const results = [];
  for (let turn = 0; turn < 5; turn += 1) results.push(await outgoing({ url }));
  await outgoing.close();
  const kinds = results.map((result) => (result.ok ? 'answered' : result.failure.kind));
  expect(kinds).toEqual(['answered', 'refused', 'refused', 'answered', 'refused']);
});

describe('attack 22: redirects', () => {
  test('within the same origin are followed', async () => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    expect(await outgoing({ url: `${hostile.origin}/redirect-same` })).toMatchObject({
      ok: true,
      body: '{"ok":true}',
    });
    await outgoing.close();
  });

  test.each([
    ['/redirect-other', 'redirects to http://127.0.0.1:'],
    ['/redirect-user', 'redirects to http://127.0.0.1:'],
    ['/redirect-scheme', 'redirects to https://127.0.0.1:'],
    ['/redirect-metadata', 'redirects to http://169.254.169.254/latest/meta-data'],
    ['/redirect-relative-host', 'redirects to http://169.254.169.254/latest/meta-data'],
    ['/redirect-decimal', 'redirects to http://169.254.169.254/latest/meta-data'],
    ['/redirect-loop', 'redirects more than 3 times'],
  ])('%s is refused, saying where it pointed and no more', async (path, sentence) => {
    const failure = await refusal(hostile.origin + path);
    expect(failure.kind).toBe('refused');
    expect(failure.message).toContain(sentence);
    expect(failure.message).not.toContain('canary');
    expect(other.requests).toEqual([]);
  });

  test('to nowhere is malformed', async () => {
    expect(await refusal(`${hostile.origin}/redirect-nowhere`)).toMatchObject({
      kind: 'malformed',
      status: 302,
    });
  });
});

describe('attack 24: headers', () => {
  const withHeader = async (headers: Record<string, string>) => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    const answer = await outgoing({ url: `${hostile.origin}/ok`, headers });
    await outgoing.close();
    return answer.ok ? null : answer.failure;
  };

  test.each(['canary\r\nx-admin: 1', 'canary\nx', 'canary\r', 'canary\0', 'canary\u010a', 'canary\u2028'])(
    'a token with a line break or control character (%j) is refused and not shown',
    async (token) => {
      const before = hostile.requests.length;
      const failure = await withHeader({ authorization: `Bearer ${token}` });
      expect(failure?.kind).toBe('refused');
      expect(failure?.message).toContain('the header “authorization” holds a line break');
      expect(failure?.message).not.toContain('canary');
      expect(hostile.requests.length).toBe(before);
    },
  );

  test.each(['x\r\ny', 'x y', '', 'Host', 'Transfer-Encoding', 'Content-Length', 'Connection'])(
    'the name %j is refused',
    async (name) => {
      expect((await withHeader({ [name]: '1' }))?.kind).toBe('refused');
    },
  );
});

describe('a token over plain http', () => {
  const authorization = 'Bearer canary-token-0123456789';
  /** Asks by a name of another machine, which leads here, so that it is seen whether anything went out. */
  const ask = async (host: string, plainTokens: readonly string[], headers = { authorization }) => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], plainTokens, resolve });
    const before = hostile.requests.length;
    const url = `http://${host}:${new URL(hostile.origin).port}/status/200`;
    const answer = await outgoing({ url, what: 'Node', timeoutMs: 5_000, headers });
    await outgoing.close();
    return { answer, went: hostile.requests.length - before };
  };

  test('goes to no other machine, and it is said what to do', async () => {
    const { answer, went } = await ask('prometheus.internal', ['grafana.internal', '10.0.0.0/8']);
    expect(went).toBe(0);
    if (answer.ok) throw new Error('It was answered.');
    expect(answer.failure.kind).toBe('refused');
    expect(answer.failure.message).toContain('its token would go over plain http to prometheus.internal');
    expect(answer.failure.message).toContain(
      'give the source an https address, or name prometheus.internal in',
    );
    expect(answer.failure.message).not.toContain('canary');
  });

  test('is taken however the header is written, and whatever the request', async () => {
    const headers = { AUTHORIZATION: authorization } as never;
    expect((await ask('prometheus.internal', [], headers)).went).toBe(0);
  });

  test('goes where an administrator says that it may, within this machine, and a request without one anywhere', async () => {
    expect((await ask('prometheus.internal', ['prometheus.internal'])).went).toBe(1);
    expect((await ask('localhost', [])).went).toBe(1);
    expect((await ask('127.0.0.1', [])).went).toBe(1);
    expect((await ask('prometheus.internal', [], {} as never)).went).toBe(1);
  });

  test.each([
    ['http://10.1.2.3:9090/', ['10.0.0.0/8'], true],
    ['http://11.1.2.3:9090/', ['10.0.0.0/8'], false],
    ['http://[fd00::1]/', ['fd00::/8'], true],
    ['http://[fd00::1]/', ['10.0.0.0/8'], false],
    ['http://[::1]/', [], true],
    ['http://[::ffff:10.1.2.3]/', [], false],
    ['https://anywhere.example/', [], true],
    ['http://localhost.evil.example/', ['localhost'], false],
  ] as const)('%s with %j allowed: %s', (url, allowed, may) => {
    const list = parseAllowList(allowed);
    if (!list.ok) throw new Error(list.message);
    expect(whyNoToken(new URL(url), list.list) === null).toBe(may);
  });
});
