import { expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { fileQuestion, files, smallWorld, startGitlab } from './gitlab.fixture.ts';

const at = '2026-11-19T10:00:00.000Z';
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
const many = {
  ...files,
  'docs/RUNBOOK.md': '# Runbook\n',
  'copy/RUNBOOK.md': '# Runbook\n',
  'odd name/50% & more?.md': 'odd',
  link: { link: 'docs/RUNBOOK.md' },
  vendor: { submodule: 'b'.repeat(40) },
  'big.bin': pointer,
  'logo.png': Buffer.from([1, 0, 2]),
  'large.txt': 'x'.repeat(1024 * 1024 + 1),
  empty: '',
};

test.each<[string, Partial<FileAtCommit>]>([
  ['README.md', { found: 'file', text: '# Node\n', bytes: 7, sha256: sha256('# Node\n') }],
  ['docs', { found: 'folder', text: null }],
  ['docs/RUNBOOK.md', { found: 'file', text: '# Runbook\n' }],
  ['copy/RUNBOOK.md', { found: 'file', text: '# Runbook\n' }],
  ['odd name/50% & more?.md', { found: 'file', text: 'odd' }],
  ['docs/runbook.md', { found: 'absent', alike: 'docs/RUNBOOK.md' }],
  ['docs/none.md', { found: 'absent', alike: null }],
  ['README.md/x', { found: 'absent' }],
  ['link', { found: 'symlink', target: 'docs/RUNBOOK.md' }],
  ['vendor', { found: 'submodule', oid: 'b'.repeat(40) }],
  ['big.bin', { found: 'file', text: null, whyNoText: 'lfs-pointer' }],
  ['logo.png', { found: 'file', text: null, whyNoText: 'binary', bytes: 3 }],
  ['large.txt', { found: 'file', text: null, whyNoText: 'too-large', bytes: 1024 * 1024 + 1 }],
  ['empty', { found: 'file', text: '', bytes: 0 }],
])('%s', async (path, seen) => {
  const { world } = smallWorld();
  const candidate = commitFiles(world, many, { message: 'Many', at });
  const { ask } = await startGitlab(world);
  expect(seenBy(await ask([fileQuestion(path)], candidate))).toMatchObject({
    commit: candidate,
    path,
    ...seen,
  });
});

test('of a file that is too large to be read, the headers tell size and digest', async () => {
  const { world } = smallWorld();
  const content = Buffer.alloc(13 * 1024 * 1024, 'x');
  const candidate = commitFiles(world, { 'a/core.bin': content }, { message: 'Large', at });
  const { ask, gitlab } = await startGitlab(world);
  expect(seenBy(await ask([fileQuestion('a/core.bin')], candidate))).toMatchObject({
    found: 'file',
    bytes: content.length,
    sha256: sha256(content.toString()),
    text: null,
    whyNoText: 'too-large',
  });
  expect(gitlab.asked.at(-1)).toMatchObject({ method: 'HEAD', status: 200 });
});

test('a folder of 250 files is read page by page, and once', async () => {
  const { world } = smallWorld();
  const wide = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`wide/f${index}`, `${index}`]));
  const candidate = commitFiles(world, wide, { message: 'Wide', at });
  const { ask, gitlab } = await startGitlab(world);
  const questions = ['wide/f0', 'wide/f249', 'wide/none'].map(fileQuestion);
  const collection = await ask(questions, candidate);
  expect([0, 1, 2].map((index) => seenBy<FileAtCommit>(collection, index).found)).toEqual([
    'file',
    'file',
    'absent',
  ]);
  expect(gitlab.asked.filter(({ path }) => path.includes('path=wide'))).toHaveLength(3);
  const before = gitlab.asked.length;
  await ask(questions, candidate);
  expect(gitlab.asked.slice(before).map(({ status }) => status)).toEqual([304]);
});

test('after a move of the candidate only what differs is asked for', async () => {
  const { world } = smallWorld();
  const before = commitFiles(world, many, { message: 'Many', at });
  const after = commitFiles(
    world,
    { ...many, 'README.md': 'new' },
    { message: 'New', at: '2026-11-19T11:00:00.000Z' },
  );
  const { ask, gitlab } = await startGitlab(world);
  const questions = ['README.md', 'docs/RUNBOOK.md', 'src/lib.rs'].map(fileQuestion);
  await ask(questions, before);
  const asked = gitlab.asked.length;
  const collection = await ask(questions, after);
  expect([0, 1].map((index) => seenBy<FileAtCommit>(collection, index).text)).toEqual(['new', '# Runbook\n']);
  expect(gitlab.asked.slice(asked).map(({ path }) => /repository\/\w+/.exec(path)?.[0])).toEqual([
    'repository/commits',
    'repository/tree',
    'repository/blobs',
  ]);
});

test('a folder of which GitLab tells ever more pages is never read as absence', async () => {
  const { world } = smallWorld();
  const candidate = commitFiles(world, many, { message: 'Many', at });
  const { ask } = await startGitlab(world, {
    instead: (path) => {
      const page = Number(/\/tree\?.*page=(\d+)$/.exec(path)?.[1] ?? 0);
      return page === 0 ? null : { text: '[]', headers: { 'x-next-page': String(page + 1) } };
    },
  });
  const failure = failureOf(await ask([fileQuestion('none')], candidate));
  expect(failure.kind).toBe('too-large');
  expect(failure.message).toContain('nothing is known of “none”');
});

test.each(['../x', '/etc/passwd', 'a/./b', '', 'a\0b', 'C:/x'])(
  'the path %j is not looked for',
  async (path) => {
    const { world, commits } = smallWorld();
    const { ask, gitlab } = await startGitlab(world);
    expect(failureOf(await ask([fileQuestion(path)], commits[0] ?? '')).kind).toBe('refused');
    expect(gitlab.asked).toEqual([]);
  },
);

test('without a candidate, or with half a commit id, nothing is asked', async () => {
  const { world } = smallWorld();
  const { ask, gitlab } = await startGitlab(world);
  expect(failureOf(await ask([fileQuestion('README.md')], null)).message).toContain('No candidate is pinned');
  expect(failureOf(await ask([fileQuestion('README.md')], 'abc')).kind).toBe('refused');
  expect(gitlab.asked).toEqual([]);
});
