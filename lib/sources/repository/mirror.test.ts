import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { collectFiles } from './collect.ts';
import { type GitServer, serveGit } from './git-server.fixture.ts';
import { findCommit, type OpenContext } from './open.ts';
import { explainRemote, reach } from './remote.ts';
import { folder, gitIn, removeFolders, repository, sourceAt } from './repository.fixture.ts';
import { runGit } from './run-git.ts';

const root = folder();
const origin = repository();
origin.write('docs/a.md', 'one');
const first = origin.commit('First');
origin.git('tag', '--annotate', 'v1', '--message', 'One');
origin.write('docs/a.md', 'two');
const second = origin.commit('Second');
origin.git('branch', 'side');
gitIn('/', ['clone', '--quiet', '--bare', origin.path, join(root, 'launch.git')]);

let server: GitServer;
beforeAll(async () => {
  server = await serveGit(root);
});
afterAll(async () => {
  await server.close();
  removeFolders();
});

const open = (cacheDir: string, given: Partial<OpenContext> = {}): OpenContext => ({
  cacheDir,
  whyRefused: () => null,
  now: Date.now,
  signal: undefined,
  ...given,
});

async function look(cacheDir: string, commit: string, given: Partial<OpenContext> = {}, timeoutMs = 20_000) {
  const source = sourceAt(server.url('launch.git'), timeoutMs);
  const question = { ask: 'file', source: 'repo', path: 'docs/a.md' } as const;
  const { observations, requests } = await collectFiles(source, [question], commit, open(cacheDir, given));
  const outcome = observations[0]?.outcome;
  return { requests, file: outcome?.ok ? (outcome.value as FileAtCommit) : outcome?.failure };
}

const find = (ref: string) =>
  findCommit(sourceAt(server.url('launch.git')), ref, Date.now() + 20_000, open(folder()));

describe('a repository at a URL', () => {
  test('one commit is fetched, without the history before it; a second look asks nobody', async () => {
    const cache = folder();
    expect(await look(cache, second)).toMatchObject({ file: { text: 'two' }, requests: 2 });
    const [mirror = ''] = readdirSync(cache);
    expect(gitIn(join(cache, mirror), ['rev-list', '--count', second]).trim()).toBe('1');
    const before = server.requests();
    expect(await look(cache, second)).toMatchObject({ file: { text: 'two' }, requests: 1 });
    expect(server.requests()).toBe(before);
  });

  test('an older commit joins the same copy', async () => {
    const cache = folder();
    await look(cache, second);
    expect(await look(cache, first)).toMatchObject({ file: { text: 'one' } });
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('a commit that no branch leads to is said to be missing', async () => {
    expect(await look(folder(), 'd'.repeat(40))).toMatchObject({
      file: { kind: 'not-found', message: expect.stringContaining('on no branch and no tag') },
    });
  });

  test.each([
    ['main', () => second],
    ['HEAD', () => second],
    ['side', () => second],
    ['v1', () => first],
  ])('the ref %s', async (ref, commit) => {
    expect(await find(ref)).toEqual({ ok: true, value: commit() });
  });

  test('a ref that is not there', async () => {
    expect(await find('nowhere')).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  test('four at once make one copy', async () => {
    const cache = folder();
    const before = server.requests();
    await look(folder(), second);
    const alone = server.requests() - before;
    const all = await Promise.all([1, 2, 3, 4].map(() => look(cache, second)));
    expect(all.map(({ file }) => file)).toMatchObject(Array(4).fill({ text: 'two' }));
    expect(server.requests() - before).toBe(2 * alone);
  });

  test('what a killed fetch left behind is cleared away', async () => {
    const cache = folder();
    await look(cache, second);
    const [mirror = ''] = readdirSync(cache);
    writeFileSync(join(cache, mirror, 'shallow.lock'), '');
    const objects = join(cache, mirror, 'objects');
    const parts = [join(objects, 'pack', 'tmp_pack_a1B2c3'), join(objects, 'ab', 'tmp_obj_a1B2c3')];
    mkdirSync(join(objects, 'ab'), { recursive: true });
    for (const part of parts) writeFileSync(part, 'PACK');
    const lock = join(cache, `${mirror}.lock`);
    writeFileSync(lock, '999999999');
    const longAgo = new Date(Date.now() - 10_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await look(cache, first)).toMatchObject({ file: { text: 'one' } });
    expect(parts.filter((part) => existsSync(part))).toEqual([]);
  });

  test('a folder that is no repository is replaced', async () => {
    const cache = folder();
    await look(cache, second);
    const [mirror = ''] = readdirSync(cache);
    const fresh = folder();
    mkdirSync(join(fresh, mirror, 'objects'), { recursive: true });
    expect(await look(fresh, second)).toMatchObject({ file: { text: 'two' } });
  });
});

describe('what a server may do', () => {
  test.each([
    [401, 'unauthorised'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [503, 'server-error'],
    [418, 'error-status'],
  ])('%i', async (status, kind) => {
    server.behave((response) => response.writeHead(status).end());
    expect((await look(folder(), second)).file).toMatchObject({ kind });
    server.behave(null);
  });

  test('attack 22: a redirect is not followed', async () => {
    const elsewhere = server.url('launch.git/info/refs?service=git-upload-pack');
    server.behave((response) => response.writeHead(302, { location: `${elsewhere}&again` }).end());
    const before = server.requests();
    expect((await look(folder(), second)).file).toMatchObject({ kind: 'error-status' });
    expect(server.requests() - before).toBe(1);
    server.behave(null);
  });

  test('a page of HTML is nonsense', async () => {
    server.behave((response) => response.setHeader('content-type', 'text/html').end('<html>Sign in</html>'));
    expect((await look(folder(), second)).file).toMatchObject({ kind: 'not-found' });
    server.behave(null);
  });

  test('silence ends at the source’s time, and the lock is given back', async () => {
    const cache = folder();
    server.behave(() => {});
    expect((await look(cache, second, {}, 700)).file).toMatchObject({ kind: 'timeout' });
    server.behave(null);
    expect((await look(cache, second)).file).toMatchObject({ text: 'two' });
  });

  test('attack 22: Git connects to what was judged, whatever the name means the second time', async () => {
    const { port } = new URL(server.url(''));
    const judged: string[] = [];
    const way = await reach(new URL(`http://localhost:${port}/launch.git`), (address) => {
      judged.push(address);
      return null;
    });
    const [pin = ''] = (way.ok && way.value.config) || [];
    const at = judged.map((address) => (address.includes(':') ? `[${address}]` : address)).join(',');
    expect(pin).toBe(`http.curloptResolve=localhost:${port}:${at}`);
    // A name that no name server knows: what answers is what the pin says.
    const listed = await runGit(
      ['ls-remote', `http://judged.invalid:${port}/launch.git`, 'refs/heads/side'],
      {
        gitDir: null,
        protocols: 'http',
        timeoutMs: 10_000,
        maxBytes: 10_000,
        config: [pin.replace('localhost', 'judged.invalid')],
        explain: explainRemote(new URL(server.url('launch.git'))),
      },
    );
    expect(listed).toEqual({ ok: true, value: `${second}\trefs/heads/side\n` });
  });

  test('attack 22: an address that is not allowed is never asked', async () => {
    const before = server.requests();
    const judged: string[] = [];
    const refusing = await look(folder(), second, {
      whyRefused: (address, host) => {
        judged.push(`${address} for ${host}`);
        return 'it is a private address.';
      },
    });
    expect(refusing.file).toMatchObject({ kind: 'refused' });
    expect(judged).toEqual(['127.0.0.1 for 127.0.0.1']);
    expect(server.requests()).toBe(before);
  });
});
