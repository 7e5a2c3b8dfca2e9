import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { resolveRef } from './index.ts';
import { contextAt, folder, gitIn, removeFolders, repository, sourceAt } from './repository.fixture.ts';

afterAll(removeFolders);

const repo = repository();
repo.write('a.md', 'one');
const first = repo.commit('First');
repo.git('tag', '--annotate', 'v1', '--message', 'One');
repo.git('branch', 'release/1.0');
repo.git('update-ref', 'refs/heads/-dash', first);
repo.git('branch', 'both');
repo.git('branch', 'deadbeef');
repo.write('a.md', 'two');
const second = repo.commit('Second\nline\n\nAnd a body.');
repo.git('tag', 'both');
repo.git('tag', 'agreed');
repo.git('branch', 'agreed');
repo.git('tag', 'a-tree', 'HEAD^{tree}');

const ask = (ref: string, address = repo.path) => resolveRef(sourceAt(address), ref, contextAt(null));

describe('refs of a repository on this machine', () => {
  test.each([
    ['main', second],
    ['HEAD', second],
    ['v1', first],
    ['refs/tags/v1', first],
    ['release/1.0', first],
    ['-dash', first],
    ['agreed', second],
    ['refs/heads/both', first],
    ['refs/tags/both', second],
    ['deadbeef', first],
    [first, first],
    [first.toUpperCase(), first],
  ])('%s', async (ref, commit) => {
    expect(await ask(ref)).toMatchObject({ ok: true, commit });
  });

  test('says what the commit says of itself', async () => {
    expect(await ask('main')).toEqual({
      ok: true,
      commit: second,
      subject: 'Second line',
      committedAt: '2026-11-20T08:00:00.000Z',
    });
  });

  test.each([
    ['both', 'refused', 'is both a tag and a branch'],
    ['nowhere', 'not-found', 'has no branch or tag “nowhere”'],
    [first.slice(0, 10), 'not-found', 'a commit is written with all its digits'],
    ['main~1', 'refused', 'not an expression'],
    ['a-tree', 'not-found', 'no branch or tag'],
    ['e'.repeat(40), 'not-found', 'fetch it there'],
    ['--help', 'not-found', 'no branch or tag'],
  ])('%s is refused', async (ref, kind, words) => {
    expect(await ask(ref)).toMatchObject({
      ok: false,
      failure: { kind, message: expect.stringContaining(words) },
    });
  });

  test('a clone knows the branches of where it came from', async () => {
    const clone = join(folder(), 'clone');
    gitIn('/', ['clone', '--quiet', repo.path, clone]);
    expect(await ask('release/1.0', clone)).toMatchObject({ ok: true, commit: first });
  });

  test('an empty repository has no HEAD', async () => {
    expect(await ask('HEAD', repository().path)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});
