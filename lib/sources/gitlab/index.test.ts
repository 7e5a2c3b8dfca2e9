import { describe, expect, test } from 'vitest';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { addPipeline, nowMs, runsQuestion, smallWorld, startGitlab, token } from './gitlab.fixture.ts';

describe('pipelines', () => {
  test('of the candidate and its first parents, each with its jobs, and what the file says', async () => {
    const { world, commits } = smallWorld();
    const [candidate = '', third = '', second = ''] = commits;
    addPipeline(world, candidate, {}, [
      { name: 'stride 1/2' },
      { name: 'lint', allowFailure: true, status: 'failed' },
    ]);
    addPipeline(world, third, { id: 499, status: 'running', finishedAt: null, duration: null });
    addPipeline(world, third, { id: 498, source: 'merge_request_event', ref: 'refs/merge-requests/4/head' });
    addPipeline(world, second, { id: 497, status: 'manual', finishedAt: null });
    const { ask, gitlab } = await startGitlab(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(3)], candidate));
    expect(seen).toMatchObject({ vendor: 'gitlab', commit: candidate, elsewhere: null });
    expect(seen.workflow).toEqual({
      name: 'Pipeline',
      path: '.gitlab-ci.yml',
      disabled: false,
      href: `${gitlab.address}/-/pipelines`,
    });
    expect(seen.commits.map(({ commit, subject, committedAt }) => [commit, subject, committedAt])).toEqual([
      [candidate, 'Add c', '2026-11-19T09:00:00.000Z'],
      [third, 'Merge side', '2026-11-18T09:00:00.000Z'],
      [second, 'Add a', '2026-11-16T09:00:00.000Z'],
    ]);
    expect(seen.commits[0]?.runs).toEqual([
      {
        id: '501',
        number: '#501',
        attempt: 1,
        event: 'push',
        branch: 'main',
        phase: 'finished',
        conclusion: 'success',
        startedAt: '2026-11-19T09:01:00.000Z',
        finishedAt: '2026-11-19T09:05:00.000Z',
        tookMs: 238_000,
        href: `${gitlab.address}/-/pipelines/501`,
        jobs: [
          {
            name: 'stride 1/2',
            phase: 'finished',
            conclusion: 'success',
            tookMs: 120_000,
            href: `${gitlab.address}/-/jobs/501000`,
            mayFail: false,
            failedBefore: 0,
          },
          expect.objectContaining({ name: 'lint', conclusion: 'failure', mayFail: true }),
        ],
      },
    ]);
    const told = seen.commits
      .slice(1)
      .map(({ runs }) => runs.map(({ number, event, phase, jobs }) => [number, event, phase, jobs?.length]));
    expect(told).toEqual([
      [
        ['#499', 'push', 'running', undefined],
        ['#498', 'merge_request_event', 'finished', 2],
      ],
      [['#497', 'push', 'waiting', undefined]],
    ]);
    expect(seen.file).toEqual({
      path: '.gitlab-ci.yml',
      forgiving: [{ job: 'stride', name: null, whole: true, steps: 0 }],
      jobsByPaths: ['gate'],
      pathFilters: { pullRequest: true, push: false },
      events: ['push', 'merge_request_event'],
      fault: null,
    });
  });

  test('a job that was retried and passed makes a later attempt, and its first try does not count', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    addPipeline(world, candidate, {}, [
      { name: 'gate', status: 'failed', retried: true },
      { name: 'stride 1/2' },
      { name: 'gate', status: 'failed', retried: true },
      { name: 'gate' },
    ]);
    const { ask } = await startGitlab(world);
    const [run] = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate)).commits[0]?.runs ?? [];
    expect(run).toMatchObject({ attempt: 3, conclusion: 'success' });
    expect(run?.jobs?.map(({ name, conclusion, failedBefore }) => [name, conclusion, failedBefore])).toEqual([
      ['stride 1/2', 'success', 0],
      ['gate', 'success', 2],
    ]);
  });

  test.each([
    [
      'time ran out in all that failed',
      ['job_execution_timeout', 'stuck_or_timeout_failure'],
      null,
      'timed-out',
    ],
    ['one failed by itself', ['job_execution_timeout', 'script_failure'], null, 'failure'],
    ['its file was faulty', [], 'jobs:gate config contains unknown keys', 'startup-failure'],
  ])('a failed pipeline where %s', async (_what, reasons, yamlErrors, conclusion) => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const jobs = reasons.map((failureReason, index) => ({
      name: `${index}`,
      status: 'failed',
      failureReason,
    }));
    addPipeline(world, candidate, { status: 'failed', yamlErrors }, jobs);
    const { ask } = await startGitlab(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.commits[0]?.runs[0]?.conclusion).toBe(conclusion);
  });

  test('trigger jobs count by their own status; one that does not wait for its pipeline may fail unheard', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    addPipeline(world, candidate, {}, [
      { name: 'gate' },
      { name: 'waits', downstream: 'success' },
      { name: 'does not wait', downstream: 'failed' },
      {
        name: 'began none',
        status: 'failed',
        failureReason: 'downstream_pipeline_creation_failed',
        downstream: '',
      },
    ]);
    const { ask } = await startGitlab(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    const jobs = seen.commits[0]?.runs[0]?.jobs ?? [];
    expect(jobs.map(({ name, conclusion, mayFail }) => [name, conclusion, mayFail])).toEqual([
      ['gate', 'success', false],
      ['waits', 'success', false],
      ['does not wait', 'success', true],
      ['began none', 'failure', false],
    ]);
  });

  test('a pipeline that a trigger job began is looked at again until it ends', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    addPipeline(world, candidate, {}, [{ name: 'child', downstream: 'running' }]);
    const { ask } = await startGitlab(world);
    const mayFail = async () =>
      seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate)).commits[0]?.runs[0]?.jobs?.[0]?.mayFail;
    expect(await mayFail()).toBe(true);
    world.jobs = world.jobs.map((job) => ({ ...job, downstream: 'success' }));
    expect(await mayFail()).toBe(false);
  });

  test('what another system reported is a job, also when it comes after the pipeline was kept', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    addPipeline(world, candidate);
    const { ask } = await startGitlab(world);
    const names = async () =>
      seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate)).commits[0]?.runs[0]?.jobs?.map(
        ({ name }) => name,
      );
    expect(await names()).toEqual(['stride 1/2', 'gate']);
    const at = '2026-11-19T10:00:00.000Z';
    world.statuses.push({ id: 9, pipeline: 501, commit: candidate, name: 'audit/ci', status: 'success', at });
    expect(await names()).toEqual(['stride 1/2', 'gate', 'audit/ci']);
  });

  test('of 230 jobs all pages are read, once, until somebody retries one', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    addPipeline(
      world,
      candidate,
      {},
      Array.from({ length: 230 }, (_, index) => ({ name: `j${index}` })),
    );
    const { ask, gitlab } = await startGitlab(world);
    const first = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(first.commits[0]?.runs[0]?.jobs).toHaveLength(200);
    const jobPages = () => gitlab.asked.filter(({ path }) => path.includes('/jobs?')).length;
    expect(jobPages()).toBe(3);
    const before = gitlab.asked.length;
    await ask([runsQuestion()], candidate);
    const again = gitlab.asked.slice(before);
    expect(again.map(({ path }) => path.replace(/.*\/4711|.*node/, '').replace(/\?.*/, ''))).toEqual([
      '',
      '/repository/commits',
      '/pipelines',
      `/repository/commits/${candidate}/statuses`,
      `/repository/commits/${candidate}`,
    ]);
    expect(again.every(({ status }) => status === 304)).toBe(true);
    world.pipelines[0] = { ...world.pipelines[0], updatedAt: '2026-11-19T11:00:00.000Z' } as never;
    await ask([runsQuestion()], candidate);
    expect(jobPages()).toBe(6);
  });

  test('without a pipeline on it, where one passed last is told', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const side = world.branches.get('side') ?? '';
    addPipeline(world, side, { id: 400, ref: 'side' });
    const { ask } = await startGitlab(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(2)], candidate));
    expect(seen.commits[0]?.runs).toEqual([]);
    expect(seen.elsewhere).toMatchObject({ commit: side, run: { number: '#400', branch: 'side' } });
  });

  test('another file than the project’s is no workflow here; the project may name its own', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    world.settings.ciConfigPath = 'ci/main.yml';
    addPipeline(world, candidate);
    const { ask } = await startGitlab(world);
    const all = await ask(
      [runsQuestion(1, '.gitlab-ci.yml'), runsQuestion(1, 'main.yml'), runsQuestion()],
      candidate,
    );
    expect(seenBy<CiRunsSeen>(all)).toMatchObject({ workflow: null, file: null });
    const named = seenBy<CiRunsSeen>(all, 1);
    expect(named).toMatchObject({ workflow: { path: 'ci/main.yml' }, commits: [{ runs: [{ id: '501' }] }] });
    expect(named.file?.fault).toBe(`ci/main.yml: it is not in commit ${candidate.slice(0, 12)}.`);
    expect(seenBy<CiRunsSeen>(all, 2).workflow?.path).toBe('ci/main.yml');
  });

  test('where CI is switched off, that is told and nothing is asked of it', async () => {
    const { world, commits } = smallWorld();
    world.settings.buildsAccessLevel = 'disabled';
    const { ask } = await startGitlab(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], commits[0] ?? ''));
    expect(seen).toMatchObject({ workflow: { disabled: true }, commits: [{ runs: [] }] });
  });
});

describe('what may not be seen is never absent', () => {
  test.each([
    [
      'no member',
      null,
      'not-found',
      'shows no such project: look at its address, or give its token the scope read_api',
    ],
    [
      'a guest',
      'Guest',
      'unauthorised',
      'give its token the scope read_api and the role Reporter in the project',
    ],
  ] as const)('%s', async (_who, role, kind, words) => {
    const { world, commits } = smallWorld();
    world.tokens.set(token, role);
    const { ask } = await startGitlab(world);
    const failure = failureOf(await ask([runsQuestion()], commits[0] ?? ''));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(words);
  });

  test('no token, and a token that is not valid', async () => {
    const { world, commits } = smallWorld();
    const { ask, gitlab } = await startGitlab(world);
    const none = failureOf(await ask([runsQuestion()], commits[0] ?? '', { credential: null }));
    expect(none.message).toContain('give this source a token with the scope read_api');
    const wrong = { origin: gitlab.origin, token: 'glpat-wrong' };
    const failure = failureOf(await ask([runsQuestion()], commits[0] ?? '', { credential: wrong }));
    expect(failure).toMatchObject({ kind: 'unauthorised', status: 401 });
    expect(failure.message).not.toContain('glpat-wrong');
  });

  test('a commit that GitLab does not have', async () => {
    const { world } = smallWorld();
    const { ask } = await startGitlab(world);
    const failure = failureOf(await ask([runsQuestion()], 'd'.repeat(40)));
    expect(failure.kind).toBe('not-found');
    expect(failure.message).toContain('has no commit dddddddddddd in the-block/core/node');
  });
});

describe('manners', () => {
  test('after a limit nothing goes out until its end', async () => {
    const { world, commits } = smallWorld();
    world.limit = { most: 1, used: 1, resetAtMs: nowMs + 30_000 };
    const { ask, gitlab } = await startGitlab(world);
    const failure = failureOf(await ask([runsQuestion()], commits[0] ?? ''));
    expect(failure).toMatchObject({ kind: 'rate-limited', retryAt: '2026-11-20T08:00:30.000Z' });
    const before = gitlab.asked.length;
    expect(failureOf(await ask([runsQuestion()], commits[0] ?? '')).kind).toBe('rate-limited');
    expect(gitlab.asked.length).toBe(before);
  });

  test('a project that was moved is found by where GitLab sends on to', async () => {
    const { world, commits } = smallWorld();
    addPipeline(world, commits[0] ?? '');
    const { ask, source } = await startGitlab(world);
    world.formerPaths.push(world.project);
    world.project = 'the-block/chain/node';
    expect(source.address).toContain('the-block/core/node');
    expect(seenBy<CiRunsSeen>(await ask([runsQuestion()], commits[0] ?? '')).commits[0]?.runs).toHaveLength(
      1,
    );
  });
});
