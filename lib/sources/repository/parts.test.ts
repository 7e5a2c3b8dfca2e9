import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { parseCommit } from './commit.ts';
import { complaint } from './failure.ts';
import { readRef } from './ref.ts';
import { explainRemote } from './remote.ts';
import { parseTree } from './tree.ts';

describe('addresses', () => {
  test.each([
    ['/srv/launch', { kind: 'folder', path: '/srv/launch' }],
    ['file:///srv/a%20b', { kind: 'folder', path: '/srv/a b' }],
    ['./-odd', { kind: 'folder', path: `${process.cwd()}/-odd` }],
    ['https://github.com/the-block/node.git', { kind: 'url' }],
    ['http://127.0.0.1:8080/x.git', { kind: 'url' }],
  ])('%s is read', (address, value) => {
    expect(parseAddress(address)).toMatchObject({ ok: true, value });
  });

  test.each([
    '',
    '  ',
    '--upload-pack=touch /tmp/x',
    '-x',
    'ext::sh -c "touch /tmp/x"',
    'fd::17',
    'git@github.com:the-block/node.git',
    'ssh://git@github.com/the-block/node',
    'git://github.com/the-block/node',
    'http://github.com/the-block/node',
    'https://user:token@github.com/the-block/node',
    'https://token@github.com/the-block/node',
    'file://other-machine/srv',
    'javascript://x',
    'https://',
    '/srv/a\nb',
    '/srv/a\0b',
  ])('%j is refused', (address) => {
    const read = parseAddress(address);
    expect(read).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    expect(JSON.stringify(read)).not.toContain('token@');
  });
});

describe('refs', () => {
  test.each([
    ['main', ['refs/tags/main', 'refs/heads/main']],
    ['release/1.0', ['refs/tags/release/1.0', 'refs/heads/release/1.0']],
    ['-dash', ['refs/tags/-dash', 'refs/heads/-dash']],
    ['a"b\'$(c)', ['refs/tags/a"b\'$(c)', 'refs/heads/a"b\'$(c)']],
    ['refs/heads/main', ['refs/heads/main']],
    ['HEAD', ['HEAD']],
  ])('%s stands for %j', (ref, names) => {
    expect(readRef(ref)).toMatchObject({ ok: true, value: { kind: 'names', names } });
  });

  test('a full commit stands for itself, in small letters', () => {
    expect(readRef('A'.repeat(40))).toMatchObject({ value: { kind: 'commit', commit: 'a'.repeat(40) } });
  });

  test.each([
    '',
    'main~1',
    'main^',
    'a..b',
    '@',
    'main@{1.day.ago}',
    ':/fix',
    'a b',
    'a\nb',
    'a\0b',
    '/a',
    'a//b',
    'a/',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a*',
    'a[1]',
    'a\\b',
    'x'.repeat(256),
  ])('%j is refused', (ref) => {
    expect(readRef(ref)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  });
});

describe('trees', () => {
  const entry = (mode: string, name: string, oid: Buffer) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), oid]);

  test('every entry comes back as it was written', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[^\0/]+$/u), { maxLength: 20 });
    fc.assert(
      fc.property(names, fc.constantFrom(20 as const, 32 as const), (all, size) => {
        const oid = Buffer.alloc(size, 0xab);
        const content = Buffer.concat(all.map((name) => entry('100644', name, oid)));
        expect(parseTree(content, size)).toEqual(
          all.map((name) => ({
            name: Buffer.from(name).toString('utf8'),
            kind: 'file',
            oid: oid.toString('hex'),
            executable: false,
          })),
        );
      }),
    );
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseTree(Buffer.from(bytes), 20)),
    );
  });

  test.each([
    ['cut short', entry('100644', 'a', Buffer.alloc(19))],
    ['of an unknown mode', entry('777777', 'a', Buffer.alloc(20))],
    ['without a name’s end', Buffer.from('100644 abc')],
  ])('one %s is none', (_name, content) => {
    expect(parseTree(content, 20)).toBeNull();
  });
});

describe('commits', () => {
  const commit = (date: string, message: string) =>
    Buffer.from(`tree ${'a'.repeat(40)}\nauthor A <a@b> 1 +0000\ncommitter C <c@d> ${date}\n\n${message}`);

  test('the first paragraph is the subject, in one line', () => {
    expect(parseCommit('c', commit('1763629200 +0100', 'Freeze\nthe\u001b[31m node\n\nBody'))).toEqual({
      commit: 'c',
      subject: 'Freeze the[31m node',
      committedAt: '2025-11-20T09:00:00.000Z',
    });
  });

  test.each([
    ['1763629200 +0000', '', ''],
    ['999999999999 +0000', 'Far', 'Far'],
    ['1 +0000', `${'long '.repeat(100)}`, `${'long '.repeat(40)}`],
  ])('%s %s', (date, message, subject) => {
    expect(parseCommit('c', commit(date, message))?.subject).toBe(subject);
  });

  test('what is no commit is null', () => {
    expect(parseCommit('c', Buffer.from('tree x\n\nhi'))).toBeNull();
  });
});

describe('what Git complains of', () => {
  const url = new URL('https://git.example.org/the-block/node.git');
  test.each([
    ["fatal: could not read Username for 'https://x': terminal prompts disabled", 'unauthorised'],
    ["fatal: Authentication failed for 'https://x/'", 'unauthorised'],
    ["remote: Not Found\nfatal: repository 'https://x/' not found", 'not-found'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 503", 'server-error'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 429", 'rate-limited'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 403", 'unauthorised'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 301", 'error-status'],
    [
      "fatal: unable to access 'https://x/': Failed to connect to x port 443: Connection refused",
      'unreachable',
    ],
    ["fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate", 'refused'],
    ['fatal: the remote end hung up unexpectedly', 'unreachable'],
    ['fatal: something else', 'malformed'],
    ['', 'malformed'],
  ])('%s', (stderr, kind) => {
    expect(explainRemote(url)(stderr).failure.kind).toBe(kind);
  });

  test('is told without credentials and control characters', () => {
    expect(complaint('fatal: no https://me:secret@x/y\u001b[0m\n')).toBe('no https://x/y[0m');
  });
});
