import { describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { fileQuestion, files, smallWorld, startGithub } from './github.fixture.ts';

describe('files', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
  const many = {
    ...files,
    'docs/RUNBOOK.md': '# Runbook\n',
    link: { link: 'docs/RUNBOOK.md' },
    vendor: { submodule: 'b'.repeat(40) },
    'big.bin': pointer,
    'logo.png': Buffer.from([1, 0, 2]),
    'large.txt': 'x'.repeat(1024 * 1024 + 1),
    empty: '',
  };

  test.each<[string, Partial<FileAtCommit>]>([
    [
      'README.md',
      { found: 'file', text: '# Node\n', bytes: 7, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
    ['docs', { found: 'folder', text: null }],
    ['docs/', { found: 'folder' }],
    ['docs/RUNBOOK.md', { found: 'file', text: '# Runbook\n' }],
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
    const candidate = commitFiles(world, many, { message: 'Many', at: '2026-11-19T10:00:00Z' });
    const { ask } = await startGithub(world);
    expect(seenBy(await ask([fileQuestion(path)], candidate))).toMatchObject({
      commit: candidate,
      path,
      ...seen,
    });
  });

  test('after a move of the candidate only what differs is asked for', async () => {
    const { world } = smallWorld();
    const before = commitFiles(world, many, { message: 'Many', at: '2026-11-19T10:00:00Z' });
    const after = commitFiles(
      world,
      { ...many, 'README.md': 'new' },
      { message: 'New', at: '2026-11-19T11:00:00Z' },
    );
    const { ask, github } = await startGithub(world);
    const questions = ['README.md', 'docs/RUNBOOK.md', 'src/lib.rs'].map(fileQuestion);
    await ask(questions, before);
    const asked = github.asked.length;
    expect(seenBy<FileAtCommit>(await ask(questions, after)).text).toBe('new');
    expect(github.asked.slice(asked).map(({ path }) => /git\/\w+/.exec(path)?.[0])).toEqual([
      'git/commits',
      'git/trees',
      'git/blobs',
    ]);
  });

  test('a folder whose list is cut off is never read as absence', async () => {
    const { world } = smallWorld();
    const candidate = commitFiles(world, many, { message: 'Many', at: '2026-11-19T10:00:00Z' });
    world.cutOffAfter = 2;
    const { ask } = await startGithub(world);
    expect(failureOf(await ask([fileQuestion('vendor')], candidate))).toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('more entries than its server lists'),
    });
    expect(seenBy<FileAtCommit>(await ask([fileQuestion('README.md')], candidate)).found).toBe('file');
  });

  test('a question for another kind of source is answered so', async () => {
    const { world } = smallWorld();
    const { ask } = await startGithub(world);
    const failure = failureOf(await ask([{ ask: 'rules', source: 'github' }], null));
    expect(failure.message).toContain('cannot answer questions of the kind rules');
  });
});
