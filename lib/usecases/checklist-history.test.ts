import { afterAll, expect, test } from 'vitest';
import { folder, removeFolders, repository } from '#lib/sources/repository/repository.fixture.ts';
import { checklistHistory } from './checklist-history.ts';

afterAll(removeFolders);

async function historyOf(path: string, file: string, ref = 'HEAD') {
  const result = await checklistHistory({ repository: path, path: file, ref }, Date.now);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

test('every version along the first parents: renamed, merged, removed, come back', async () => {
  const { path, git, write, commit } = repository();
  write('LIST.md', '# L\n\n- [ ] one thing\n- [ ] another matter\n');
  commit('First');
  write('other.txt', 'x');
  commit('Not about it');
  write('docs/LIST.md', '# L\n\n- [x] one thing\n- [ ] another matter\n');
  git('rm', '--quiet', 'LIST.md');
  commit('Move it');
  git('checkout', '--quiet', '-b', 'side');
  write('docs/LIST.md', '# L\n\n- [ ] one thing\n- [ ] another matter\n- [ ] a third\n');
  commit('On the side');
  write('docs/LIST.md', '# L\n\n- [ ] one thing\n- [ ] another matters\n- [x] a third\n');
  commit('More on the side');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '-m', 'Merge side', 'side');
  const { points, counted, unread, incomplete } = await historyOf(path, 'docs/LIST.md');
  expect([counted, unread, incomplete]).toEqual(['boxes', [], null]);
  expect(points.map(({ subject, path: at, done, total }) => [subject, at, done, total])).toEqual([
    ['First', 'LIST.md', 0, 2],
    ['Move it', 'docs/LIST.md', 1, 2],
    ['Merge side', 'docs/LIST.md', 1, 3],
  ]);
  expect(points.at(-1)).toMatchObject({ added: 1, removed: 0, reworded: 1, ticked: 0, unticked: 1, open: 2 });
});

test('no file is read that the repository’s own configuration names', async () => {
  const { path, git, write, commit } = repository();
  write('LIST.md', '# L\n\n- [ ] one thing\n');
  commit('First');
  git('config', 'diff.orderFile', `${path}/not-there`);
  expect((await historyOf(path, 'LIST.md')).points).toHaveLength(1);
});

test('a version that is no text is told of and left out', async () => {
  const { path, write, commit } = repository();
  write('LIST.md', '- [ ] one\n');
  commit();
  write('LIST.md', Buffer.from([0xff, 0x00, 0x01]));
  const broken = commit();
  write('LIST.md', '- [x] one\n');
  commit();
  const { points, unread } = await historyOf(path, 'LIST.md');
  expect(points.map(({ done, ticked }) => [done, ticked])).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(unread).toMatchObject([{ commit: broken, why: expect.stringContaining('not UTF-8') }]);
});

test('a list without a box is counted by its marks', async () => {
  const { path, write, commit } = repository();
  write('S.md', '| a | Status |\n|-|-|\n| x | ✅ |\n| y | In progress |\n');
  commit();
  const { counted, points } = await historyOf(path, 'S.md');
  expect([counted, points[0]?.done, points[0]?.total]).toEqual(['marks', 1, 2]);
});

test('fifty versions of two thousand boxes', async () => {
  const { path, write, commit } = repository();
  for (let version = 0; version < 50; version += 1) {
    const lines = Array.from({ length: 2000 }, (_, n) => {
      const word = n % 50 === version ? 'Reworded' : 'Item';
      return `${'  '.repeat(n % 4)}- [${n < version * 40 ? 'x' : ' '}] ${word} number ${n} of the list`;
    });
    write('LIST.md', `# L\n\n${lines.join('\n')}\n`);
    commit();
  }
  const { points } = await historyOf(path, 'LIST.md');
  expect(points.map(({ done }) => done)).toEqual(Array.from({ length: 50 }, (_, version) => version * 40));
  expect(points.slice(1).every(({ added, removed }) => added === 0 && removed === 0)).toBe(true);
});

test.each([
  ['a file that never was', 'NONE.md', 'HEAD', /No commit of HEAD has NONE.md/],
  ['a ref that is not there', 'LIST.md', 'nope', /no branch or tag “nope”/],
  ['a path that leaves the repository', '../LIST.md', 'HEAD', /take \.\. out/],
  ['magic in a path is only a name', ':(glob)*.md', 'HEAD', /No commit of HEAD has/],
])('%s', async (_name, file, ref, message) => {
  const { path, write, commit } = repository();
  write('LIST.md', '- [ ] one\n');
  commit();
  const result = await checklistHistory({ repository: path, path: file, ref }, Date.now);
  expect(result.ok ? null : result.problem.message).toMatch(message);
});

test('what is no repository is said to be none', async () => {
  const result = await checklistHistory({ repository: folder(), path: 'LIST.md', ref: 'HEAD' }, Date.now);
  expect(result.ok ? null : result.problem.message).toMatch(/is not a Git repository/);
});
