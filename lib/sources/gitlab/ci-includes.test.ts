import { describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { CiRequiredSeen, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { requiredQuestion, runsQuestion, smallWorld, startGitlab } from './gitlab.fixture.ts';

const at = '2026-11-19T11:00:00.000Z';

/** What is told of a project's CI file with other files beside it. */
async function read(text: string, others: Readonly<Record<string, string>> = {}) {
  const { world } = smallWorld();
  const candidate = commitFiles(world, { ...others, '.gitlab-ci.yml': text }, { message: 'CI', at });
  const started = await startGitlab(world);
  const { file } = seenBy<CiRunsSeen>(await started.ask([runsQuestion()], candidate));
  if (!file) throw new Error('No file was read.');
  return { file, forgiving: file.forgiving.map(({ job }) => job), ...started, world, candidate };
}

const forgiven = '{ script: x, allow_failure: true }';

describe('files of the same repository', () => {
  test.each([
    ['a text', 'include: ci/a.yml'],
    ['a list', 'include: [ci/a.yml]'],
    ['a member', 'include: { local: ci/a.yml }'],
    ['with a slash before it', 'include: [{ local: /ci/a.yml }]'],
  ])('are read at the commit: %s', async (_, include) => {
    const { file, forgiving } = await read(`${include}\nown: { script: y }`, {
      'ci/a.yml': `a: ${forgiven}`,
    });
    expect(forgiving).toEqual(['a']);
    expect(file.fault).toBeNull();
  });

  test('are merged in their order, key by key, and the file that includes them has the last word', async () => {
    const own =
      'include: [one.yml, two.yml]\nb: { allow_failure: false }\nc: { extends: .lenient }\nd: { script: y }';
    const { forgiving, file } = await read(own, {
      'one.yml': `a: ${forgiven}\nb: ${forgiven}\nd: ${forgiven}\n.lenient: { allow_failure: true }`,
      'two.yml': 'a: { allow_failure: false }\nworkflow: { rules: [{ if: $CI_COMMIT_BRANCH }] }',
    });
    expect(forgiving).toEqual(['d', 'c']);
    expect(file.events).toEqual(['push']);
  });

  test('include others in their turn, and a file may be there twice', async () => {
    const { forgiving, file } = await read('include: [a.yml, c.yml]', {
      'a.yml': 'include: b.yml\na: { script: x }',
      'b.yml': 'include: c.yml',
      'c.yml': `c: ${forgiven}`,
    });
    expect(forgiving).toEqual(['c']);
    expect(file.fault).toBeNull();
  });

  test('tell of a required job whether paths decide over it', async () => {
    const { ask } = await read('include: ci/gate.yml', {
      'ci/gate.yml': 'gate: { script: x, rules: [{ changes: [src/**] }] }',
    });
    const { file } = seenBy<CiRequiredSeen>(await ask([requiredQuestion('gate')], null));
    expect(file).toMatchObject({ fault: null, pathFilters: { pullRequest: true, push: true } });
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion('none')], null)).file).toBeNull();
  });

  test('cost no request in the next cycle, but that for the commit', async () => {
    const { ask, gitlab, candidate } = await read('include: ci/a.yml', { 'ci/a.yml': `a: ${forgiven}` });
    const before = gitlab.asked.length;
    await ask([runsQuestion()], candidate);
    const again = gitlab.asked.slice(before);
    expect(again.filter(({ path }) => /\/(?:tree|blobs)\b/.test(path))).toEqual([]);
  });
});

describe('what is not read is named, with why', () => {
  test.each([
    ['a template', 'include: [{ template: Jobs/Build.gitlab-ci.yml }]', '(Jobs/Build.gitlab-ci.yml)'],
    ['another project', 'include: { project: g/p, file: [a.yml] }', '(a file of another project)'],
    ['a URL', 'include: https://ci.example/a.yml', '(https://ci.example/a.yml)'],
    ['a pattern', "include: { local: 'ci/*.yml' }", '(ci/*.yml, a pattern)'],
    ['rules', 'include: { local: ci/a.yml, rules: [{ if: $X }] }', '(ci/a.yml, by its rules)'],
    ['inputs', 'include: { local: ci/a.yml, inputs: { a: 1 } }', '(ci/a.yml, with inputs)'],
    ['a variable', 'include: ci/$NAME.yml', '(ci/$NAME.yml, by a variable)'],
    ['nothing there', 'include: ci/none.yml', '(ci/none.yml, which is not there)'],
    ['no YAML', 'include: broken.yml', '(broken.yml, which cannot be read)'],
    ['a list', 'include: list.yml', '(list.yml, which cannot be read)'],
    ['out of the repository', 'include: ../x.yml', '(../x.yml, which cannot be read)'],
    ['itself', 'include: .gitlab-ci.yml', '(.gitlab-ci.yml, which includes itself)'],
    ['a circle', 'include: round.yml', '(round.yml, which includes itself)'],
    ['too deep', 'include: d1.yml', '(d6.yml, over 5 deep)'],
  ])('%s', async (_, include, words) => {
    const deep = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`d${n}.yml`, `include: d${n + 1}.yml`]));
    const { file, forgiving } = await read(`${include}\nown: ${forgiven}`, {
      'ci/a.yml': `a: ${forgiven}`,
      'broken.yml': 'a: [1, {',
      'list.yml': '- a',
      'round.yml': 'include: around.yml',
      'around.yml': 'include: round.yml',
      ...deep,
    });
    expect(file.fault).toContain(words);
    expect(forgiving).toEqual(['own']);
  });

  test('files after the fiftieth', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${index}.yml`);
    const others = Object.fromEntries(names.map((name, index) => [name, `j${index}: ${forgiven}`]));
    const { file, forgiving } = await read(`include: [${names.join(', ')}]`, others);
    expect(file.fault).toContain('(f50.yml, after 50 others');
    expect(forgiving).toHaveLength(50);
  });

  test('files that include each other in every order end, too', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${index}.yml`);
    const others = Object.fromEntries(names.map((name) => [name, `include: [${names.join(', ')}]`]));
    expect((await read(`include: [${names.join(', ')}]`, others)).file.fault).toContain('includes itself');
  });
});

test('a GitLab that falls silent over an included file is silent, and nothing is told of half a file', async () => {
  const { world } = smallWorld();
  const candidate = commitFiles(
    world,
    { 'ci/a.yml': `a: ${forgiven}`, '.gitlab-ci.yml': 'include: ci/a.yml' },
    { message: 'CI', at },
  );
  const { ask } = await startGitlab(world, {
    instead: (path) => (path.includes('path=ci') ? { status: 503, text: '' } : null),
  });
  expect(failureOf(await ask([runsQuestion()], candidate))).toMatchObject({ kind: 'server-error' });
});
