import { createHash } from 'node:crypto';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { collectFiles } from './collect.ts';
import { askRepository, readPath } from './index.ts';
import { contextAt, folder, gitIn, removeFolders, repository, sourceAt } from './repository.fixture.ts';

afterAll(removeFolders);

async function look(address: string, commit: string | null, ...paths: string[]) {
  const questions = paths.map((path) => ({ ask: 'file', source: 'repo', path }) as const);
  const collection = await askRepository(sourceAt(address), questions, contextAt(commit));
  return {
    ...collection,
    files: collection.observations.map(({ outcome }) =>
      outcome.ok ? (outcome.value as FileAtCommit) : outcome.failure,
    ),
  };
}

describe('what is at a commit', () => {
  const repo = repository();
  const big = Buffer.alloc(1024 * 1024 + 1, 'a');
  repo.write('README.md', '# Hello\n');
  repo.write('docs/deep/er/file.md', 'deep');
  repo.write('docs/Operations.md', 'case');
  repo.write('empty', '');
  repo.write('binary.png', Buffer.from([137, 80, 78, 71, 0, 1]));
  repo.write('latin1.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9]));
  repo.write('big.txt', big);
  repo.write('cap.txt', big.subarray(1));
  repo.write(
    'model.bin',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 123456\n`,
  );
  repo.write('odd \n"name\' $(x) ü.md', 'odd');
  repo.link('link.md', 'README.md');
  repo.link('outside', '/etc/passwd');
  repo.git('add', '--all');
  repo.git('update-index', '--add', '--cacheinfo', `160000,${'b'.repeat(40)},vendor/sub`);
  const odd = gitIn(repo.path, ['hash-object', '-w', '--stdin'], 'a\0b').trim();
  repo.git('update-index', '--add', '--cacheinfo', `120000,${odd},nul`);
  repo.git('commit', '--quiet', '--message', 'All kinds');
  const commit = repo.git('rev-parse', 'HEAD');

  test('one process answers every question, in their order', async () => {
    const { observations, requests, answers } = await look(repo.path, commit, 'README.md', 'empty', 'docs');
    expect(requests).toBe(1);
    expect(observations.map(({ question }) => question.ask === 'file' && question.path)).toEqual([
      'README.md',
      'empty',
      'docs',
    ]);
    expect(observations.map((observation) => observation.answers)).toEqual([[0], [1], []]);
    expect(answers[0]).toEqual({ url: `${repo.path}#${commit}:README.md`, body: '# Hello\n' });
  });

  test('a file, with its digest and text', async () => {
    const { files } = await look(repo.path, commit, 'README.md');
    expect(files[0]).toMatchObject({
      commit,
      found: 'file',
      bytes: 8,
      text: '# Hello\n',
      sha256: createHash('sha256').update('# Hello\n').digest('hex'),
      oid: repo.git('rev-parse', 'HEAD:README.md'),
    });
  });

  test('a file with its mode, as Git has it and not the work tree', async () => {
    const own = repository();
    own.write('run.sh', 'run\n');
    own.write('read.md', 'read\n');
    own.git('add', '--all');
    own.git('update-index', '--chmod=+x', 'run.sh');
    own.git('commit', '--quiet', '--message', 'Modes');
    chmodSync(join(own.path, 'run.sh'), 0o644);
    const { files } = await look(own.path, own.git('rev-parse', 'HEAD'), 'run.sh', 'read.md', 'none');
    expect(files).toMatchObject([{ executable: true }, { executable: false }, { executable: null }]);
  });

  test.each([
    ['docs', { found: 'folder', text: null, executable: null }],
    ['docs/', { found: 'folder' }],
    ['docs/deep/er/file.md', { found: 'file', text: 'deep' }],
    ['empty', { found: 'file', bytes: 0, text: '' }],
    ['binary.png', { found: 'file', bytes: 6, text: null, whyNoText: 'binary' }],
    ['latin1.txt', { text: null, whyNoText: 'binary' }],
    ['big.txt', { bytes: big.length, text: null, whyNoText: 'too-large' }],
    ['cap.txt', { bytes: big.length - 1, whyNoText: null }],
    ['model.bin', { found: 'file', text: null, whyNoText: 'lfs-pointer' }],
    ['odd \n"name\' $(x) ü.md', { text: 'odd' }],
    ['link.md', { found: 'symlink', target: 'README.md', text: null }],
    ['outside', { found: 'symlink', target: '/etc/passwd', text: null }],
    ['nul', { found: 'symlink', target: 'a\ufffdb' }],
    ['vendor/sub', { found: 'submodule', oid: 'b'.repeat(40) }],
    ['nothing', { found: 'absent', alike: null }],
    ['docs/operations.md', { found: 'absent', alike: 'docs/Operations.md' }],
    ['README.md/x', { found: 'absent' }],
    ['vendor/sub/x', { found: 'absent' }],
    ['link.md/x', { found: 'absent' }],
    [':(glob)**', { found: 'absent' }],
    ['HEAD', { found: 'absent' }],
    ['.git/config', { kind: 'refused' }],
  ])('%j', async (path, expected) => {
    const { files } = await look(repo.path, commit, path);
    expect(files[0]).toMatchObject(expected);
  });

  test('a too large file is still known by its digest', async () => {
    const { files } = await look(repo.path, commit, 'big.txt');
    expect(files[0]).toMatchObject({ sha256: createHash('sha256').update(big).digest('hex') });
  });

  test.each([
    '../secret',
    'docs/../../x',
    '/etc/passwd',
    'a\0b',
    '',
    './README.md',
    'docs//deep',
    'C:\\x',
    `${'x'.repeat(5000)}`,
  ])('attack 21: the path %j is refused, and the others are still answered', async (path) => {
    const { files } = await look(repo.path, commit, path, 'README.md');
    expect(files).toMatchObject([{ kind: 'refused' }, { found: 'file' }]);
  });

  test('a question that is not about files is refused', async () => {
    const { observations } = await askRepository(
      sourceAt(repo.path),
      [{ ask: 'rules', source: 'repo' }],
      contextAt(commit),
    );
    expect(observations[0]?.outcome).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  });
});

describe('only the commit counts', () => {
  test('what is uncommitted, staged, deleted or newer is not seen', async () => {
    const repo = repository();
    repo.write('a.md', 'first');
    const first = repo.commit();
    repo.write('a.md', 'second');
    repo.commit();
    repo.write('a.md', 'staged');
    repo.write('new.md', 'staged');
    repo.git('add', '--all');
    rmSync(join(repo.path, 'a.md'));
    const { files } = await look(repo.path, first, 'a.md', 'new.md');
    expect(files).toMatchObject([{ text: 'first' }, { found: 'absent' }]);
  });

  test('a replaced object is read as it was committed', async () => {
    const repo = repository();
    repo.write('a.md', 'true');
    const commit = repo.commit();
    writeFileSync(join(repo.path, 'b'), 'false');
    const other = repo.git('hash-object', '-w', 'b');
    repo.git('replace', repo.git('rev-parse', 'HEAD:a.md'), other);
    expect((await look(repo.path, commit, 'a.md')).files[0]).toMatchObject({ text: 'true' });
  });

  test('a repository’s own configuration and hooks run nothing', async () => {
    const repo = repository();
    repo.write('.gitattributes', '*.md filter=evil diff=evil\n');
    repo.write('a.md', 'plain');
    const commit = repo.commit();
    const mark = join(repo.path, 'ran');
    const script = join(folder(), 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${mark}'\ncat\n`);
    chmodSync(script, 0o755);
    for (const key of [
      'core.fsmonitor',
      'filter.evil.smudge',
      'diff.evil.textconv',
      'core.sshCommand',
      'core.pager',
    ])
      repo.git('config', key, script);
    expect((await look(repo.path, commit, 'a.md')).files[0]).toMatchObject({ text: 'plain' });
    expect(existsSync(mark)).toBe(false);
  });
});

describe('kinds of repository', () => {
  const origin = repository();
  origin.write('a.md', 'one');
  const first = origin.commit();
  origin.write('a.md', 'two');
  const second = origin.commit();

  test('bare', async () => {
    const bare = join(folder(), 'bare.git');
    gitIn('/', ['clone', '--quiet', '--bare', origin.path, bare]);
    expect((await look(bare, second, 'a.md')).files[0]).toMatchObject({ text: 'two' });
  });

  test('a linked work tree', async () => {
    const tree = join(folder(), 'tree');
    origin.git('worktree', 'add', '--quiet', '--detach', tree, first);
    expect((await look(tree, first, 'a.md')).files[0]).toMatchObject({ text: 'one' });
  });

  test('a file: URL', async () => {
    expect((await look(`file://${origin.path}`, second, 'a.md')).files[0]).toMatchObject({ text: 'two' });
  });

  test('a shallow clone without the commit says that it is shallow', async () => {
    const shallow = join(folder(), 'shallow');
    gitIn('/', ['clone', '--quiet', '--depth=1', `file://${origin.path}`, shallow]);
    expect((await look(shallow, second, 'a.md')).files[0]).toMatchObject({ text: 'two' });
    const { files } = await look(shallow, first, 'a.md');
    expect(files[0]).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('git fetch --unshallow'),
    });
  });

  test('a partial clone fetches nothing and says what it lacks', async () => {
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const partial = join(folder(), 'partial');
    gitIn('/', ['clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, partial]);
    const { files } = await look(partial, second, 'a.md', 'nothing.md');
    expect(files).toMatchObject([
      { kind: 'not-found', message: expect.stringContaining('partial') },
      { found: 'absent' },
    ]);
  });

  test('SHA-256 objects', async () => {
    const repo = repository('--object-format=sha256');
    repo.write('docs/a.md', 'long');
    const commit = repo.commit();
    expect(commit).toHaveLength(64);
    expect((await look(repo.path, commit, 'docs/a.md')).files[0]).toMatchObject({ text: 'long' });
  });

  test.skipIf(process.getuid?.() !== 0)('one that belongs to another user', async () => {
    const repo = repository();
    repo.write('a.md', 'theirs');
    const commit = repo.commit();
    const { execFileSync } = await import('node:child_process');
    execFileSync('chown', ['-R', '65534:65534', repo.path]);
    expect((await look(repo.path, commit, 'a.md')).files[0]).toMatchObject({ text: 'theirs' });
  });

  test('fifty thousand files in one folder: none is lost to a cut listing', async () => {
    const repo = repository();
    const blob = gitIn(repo.path, ['hash-object', '-w', '--stdin'], 'x').trim();
    const names = Array.from({ length: 50_000 }, (_, index) => `100644 blob ${blob}\tmany-${index}.md\n`);
    const inner = gitIn(repo.path, ['mktree'], names.join('')).trim();
    const root = gitIn(repo.path, ['mktree'], `040000 tree ${inner}\tall\n`).trim();
    const commit = repo.git('commit-tree', root, '-m', 'Many');
    const { files } = await look(repo.path, commit, 'all/many-49999.md', 'all/many-50000.md');
    expect(files).toMatchObject([{ found: 'file' }, { found: 'absent' }]);
  });
});

describe('when it cannot be read', () => {
  const repo = repository();
  repo.write('a.md', 'text');
  const commit = repo.commit();

  test('no candidate is pinned', async () => {
    expect((await look(repo.path, null, 'a.md')).files[0]).toMatchObject({
      kind: 'not-found',
      message: 'No candidate is pinned, so there is no commit to read; pin one first.',
    });
  });

  test.each([
    ['a commit that is not there', () => [repo.path, 'd'.repeat(40)] as const, 'not-found', 'fetch it there'],
    [
      'a tree for a commit',
      () => [repo.path, repo.git('rev-parse', 'HEAD^{tree}')] as const,
      'not-found',
      'is a tree, not a commit',
    ],
    ['a short commit', () => [repo.path, commit.slice(0, 12)] as const, 'refused', 'not a full commit id'],
    ['no folder', () => [`${repo.path}-gone`, commit] as const, 'not-found', 'is not a folder'],
    ['no repository', () => [folder(), commit] as const, 'not-found', 'is not a Git repository'],
    ['a remote helper', () => ['ext::sh -c date', commit] as const, 'refused', 'never used'],
  ])('%s', async (_name, at, kind, words) => {
    const [address, wanted] = at();
    const { files } = await look(address, wanted, 'a.md');
    expect(files[0]).toMatchObject({ kind, message: expect.stringContaining(words) });
  });

  test('a damaged object spoils its own file and no other', async () => {
    const damaged = repository();
    damaged.write('bad.md', 'bad'.repeat(100));
    damaged.write('good.md', 'good');
    const at = damaged.commit();
    const oid = damaged.git('rev-parse', 'HEAD:bad.md');
    const object = join(damaged.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(object, 0o644);
    writeFileSync(object, 'not zlib');
    const { files } = await look(damaged.path, at, 'bad.md', 'good.md');
    expect(files).toMatchObject([
      { kind: 'not-found', message: expect.stringContaining('damaged') },
      { text: 'good' },
    ]);
  });

  test('one that is called off', async () => {
    const collection = await askRepository(
      sourceAt(repo.path),
      [{ ask: 'file', source: 'repo', path: 'a.md' }],
      contextAt(commit, { signal: AbortSignal.abort() }),
    );
    expect(collection.observations[0]?.outcome).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
  });

  test('a machine without Git', async () => {
    const { observations } = await collectFiles(
      sourceAt(repo.path),
      [{ ask: 'file', source: 'repo', path: 'a.md' }],
      commit,
      {
        ...contextAt(commit),
        whyRefused: () => null,
        cacheDir: undefined,
        signal: undefined,
        searchPath: folder(),
      },
    );
    expect(observations[0]?.outcome).toMatchObject({
      ok: false,
      failure: { kind: 'refused', message: expect.stringContaining('Git is not installed') },
    });
  });

  test('reading one path by itself', async () => {
    expect(await readPath(sourceAt(repo.path), commit, 'a.md', contextAt(null))).toMatchObject({
      ok: true,
      value: { text: 'text' },
    });
  });
});
