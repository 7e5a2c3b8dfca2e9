import { expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import {
  addPipeline,
  ciText,
  files,
  requiredQuestion,
  smallWorld,
  startGitlab,
  token,
} from './gitlab.fixture.ts';

test('what the merge settings say, what reported within seven days, and the file with the job', async () => {
  const { world, commits } = smallWorld();
  const [candidate = '', third = ''] = commits;
  world.settings.skippedCountsAsSuccess = true;
  addPipeline(world, candidate);
  const old = '2026-11-01T09:00:00.000Z';
  addPipeline(world, third, { id: 300, updatedAt: old }, [{ name: 'old', startedAt: old, finishedAt: old }]);
  addPipeline(world, third, { id: 400, source: 'merge_request_event', ref: 'refs/merge-requests/4/head' }, [
    { name: 'only for merges' },
    { name: 'waits', status: 'manual', startedAt: null, finishedAt: null },
  ]);
  const { ask, gitlab } = await startGitlab(world);
  expect(seenBy(await ask([requiredQuestion('gate', null)], null))).toEqual({
    branch: 'main',
    branchProtected: true,
    required: [{ check: 'gate', by: 'merge', app: null }],
    pipelinesMustSucceed: true,
    skippedCountsAsSuccess: true,
    unseen: [],
    reported: [
      { check: 'gate', app: null, at: '2026-11-19T09:03:00.000Z' },
      { check: 'only for merges', app: null, at: '2026-11-19T09:03:00.000Z' },
      { check: 'stride 1/2', app: null, at: '2026-11-19T09:03:00.000Z' },
    ],
    file: {
      path: '.gitlab-ci.yml',
      forgiving: [{ job: 'stride', name: null, whole: true, steps: 0 }],
      jobsByPaths: ['gate'],
      pathFilters: { pullRequest: true, push: true },
      events: ['push', 'merge_request_event'],
      fault: null,
    },
  });
  expect(gitlab.asked.some(({ path }) => path.includes('/pipelines/300'))).toBe(false);
});

test('pipelines that need not succeed require nothing; a setting never touched is off', async () => {
  const { world } = smallWorld();
  world.settings.pipelinesMustSucceed = false;
  const { ask } = await startGitlab(world);
  const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null));
  expect(seen).toMatchObject({
    required: [],
    pipelinesMustSucceed: false,
    skippedCountsAsSuccess: false,
    unseen: [],
  });
});

test('settings that are left out are not off: they are unseen, with what is missing', async () => {
  const { world } = smallWorld();
  const { ask } = await startGitlab(world, {
    instead: (path) =>
      path.endsWith('node') ? { text: JSON.stringify({ id: 4711, default_branch: 'main' }) } : null,
  });
  const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null));
  expect(seen.pipelinesMustSucceed).toBeNull();
  expect(seen.unseen).toEqual([
    { what: 'the merge settings', permission: 'the scope read_api and the role Reporter' },
  ]);
});

test.each([
  ['its own name', ['release-1'], true],
  ['a wildcard', ['release-*'], true],
  ['another’s name', ['main', 'release'], false],
])('a branch protected by %s', async (_what, names, isProtected) => {
  const { world, commits } = smallWorld();
  world.protectedBranches = names;
  world.branches.set('release-1', commits[1] ?? '');
  const { ask } = await startGitlab(world);
  const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion('gate', 'release-1')], null));
  expect(seen.branchProtected).toBe(isProtected);
});

test('external status checks count where they must pass, by the branches they are for', async () => {
  const { world } = smallWorld();
  world.settings.statusChecksMustPass = true;
  world.externalChecks.push(
    { name: 'audit', branches: [] },
    { name: 'legal', branches: ['ma*n'] },
    { name: 'other', branches: ['main-2', 'm*x'] },
  );
  world.tokens.set(token, 'Maintainer');
  const { ask } = await startGitlab(world);
  const required = async () => seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null));
  expect((await required()).required.map(({ check }) => check)).toEqual(['gate', 'audit', 'legal']);
  world.tokens.set(token, 'Developer');
  expect((await required()).unseen).toEqual([
    { what: 'external status checks', permission: 'the scope read_api and the role Maintainer' },
  ]);
});

test('a job that only an included file may have leaves the file, with what is not read', async () => {
  const { world } = smallWorld();
  const text = `include: [{ template: Jobs/Build.gitlab-ci.yml }, ci/more.yml]\n${ciText}`;
  commitFiles(
    world,
    { ...files, '.gitlab-ci.yml': text },
    { message: 'Include', at: '2026-11-19T11:00:00.000Z' },
  );
  const { ask } = await startGitlab(world);
  const fileFor = async (check: string) =>
    seenBy<CiRequiredSeen>(await ask([requiredQuestion(check)], null)).file;
  expect((await fileFor('build'))?.fault).toBe(
    '.gitlab-ci.yml: what it includes is not read (Jobs/Build.gitlab-ci.yml, ci/more.yml, which is not there).',
  );
  expect(await fileFor('stride 2/2')).toMatchObject({ pathFilters: { pullRequest: false, push: false } });
});

test('a branch that is not shown, and names that no branch has', async () => {
  const { world } = smallWorld();
  const { ask, gitlab } = await startGitlab(world);
  const failure = failureOf(await ask([requiredQuestion('gate', 'none/at all')], null));
  expect(failure.kind).toBe('refused');
  const none = failureOf(await ask([requiredQuestion('gate', 'none/here')], null));
  expect(none).toMatchObject({
    kind: 'not-found',
    message: expect.stringContaining('shows no branch “none/here”'),
  });
  expect(gitlab.asked.at(-1)?.path).toContain('/branches/none%2Fhere');
});
