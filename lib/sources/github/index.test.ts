import { describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { Permission } from '#e2e/github/world.ts';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import {
  allPermissions,
  fileQuestion,
  job,
  nowMs,
  requiredQuestion,
  run,
  runsQuestion,
  smallWorld,
  startGithub,
  token,
} from './github.fixture.ts';

const missing = (permission: Permission) => new Set(allPermissions.filter((one) => one !== permission));

describe('runs', () => {
  test('of the candidate and its first parents, each with its jobs, and what the file says', async () => {
    const { world, commits } = smallWorld();
    const [candidate = '', third = '', second = ''] = commits;
    world.runs.push(
      run(candidate, {
        id: 503,
        number: 43,
        attempt: 2,
        attempts: [[job('Stride 1', { conclusion: 'failure' })], [job('Stride 1')]],
      }),
      run(third, { id: 502, number: 42, conclusion: 'timed_out' }),
      run(third, {
        id: 504,
        number: 44,
        event: 'workflow_dispatch',
        status: 'in_progress',
        conclusion: null,
      }),
      run(second, { id: 499, number: 40, status: 'waiting', conclusion: null }),
    );
    const { ask, github } = await startGithub(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(3)], candidate));
    expect(seen.workflow).toEqual({
      name: 'Fast mainnet',
      path: '.github/workflows/fast-mainnet.yml',
      disabled: false,
      href: `${github.address}/blob/main/.github/workflows/fast-mainnet.yml`,
    });
    expect(seen.commits.map(({ commit, subject }) => [commit, subject])).toEqual([
      [candidate, 'Add c'],
      [third, 'Merge side'],
      [second, 'Add a'],
    ]);
    expect(seen.commits[0]?.runs).toEqual([
      {
        id: '503',
        number: '#43',
        attempt: 2,
        event: 'push',
        branch: 'main',
        phase: 'finished',
        conclusion: 'success',
        startedAt: '2026-11-19T09:01:00.000Z',
        finishedAt: '2026-11-19T09:05:00.000Z',
        tookMs: 240_000,
        href: `${github.address}/actions/runs/503`,
        jobs: [
          {
            name: 'Stride 1',
            phase: 'finished',
            conclusion: 'success',
            tookMs: 120_000,
            href: `${github.address}/actions/runs/503/job/503200`,
            mayFail: false,
            failedBefore: 1,
          },
        ],
      },
    ]);
    expect(
      seen.commits[1]?.runs.map(({ number, phase, conclusion, jobs }) => [
        number,
        phase,
        conclusion,
        jobs?.length,
      ]),
    ).toEqual([
      ['#44', 'running', null, undefined],
      ['#42', 'finished', 'timed-out', 2],
    ]);
    expect(seen.commits[2]?.runs[0]).toMatchObject({
      phase: 'waiting',
      conclusion: null,
      finishedAt: null,
      tookMs: null,
    });
    expect(seen.file).toEqual({
      path: '.github/workflows/fast-mainnet.yml',
      forgiving: [
        { job: 'strides', name: null, whole: false, steps: 1 },
        { job: 'gate', name: 'Mainnet gate', whole: true, steps: 0 },
      ],
      pathFilters: { pullRequest: true, push: false },
      events: ['pull_request', 'push'],
      fault: null,
    });
  });

  test('of 130 jobs all pages are read, once: the next cycle asks for no job and costs no rate limit', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const jobs = Array.from({ length: 130 }, (_, index) => job(`Stride ${index + 1}`));
    world.runs.push(run(candidate, { attempts: [jobs] }));
    const { ask, github } = await startGithub(world);
    const first = await ask([runsQuestion(1), runsQuestion(2), fileQuestion('README.md')], candidate);
    expect(
      seenBy<CiRunsSeen>(first)
        .commits[0]?.runs[0]?.jobs?.map(({ name }) => name)
        .at(-1),
    ).toBe('Stride 130');
    const paths = github.asked.map(({ path }) => path);
    expect(paths.filter((path) => path.includes('/jobs?'))).toHaveLength(2);
    expect(new Set(paths).size).toBe(paths.length);
    expect(first.requests).toBe(paths.length);

    const second = await ask([runsQuestion(1), runsQuestion(2), fileQuestion('README.md')], candidate);
    expect(second.observations.map(({ outcome }) => outcome)).toEqual(
      first.observations.map(({ outcome }) => outcome),
    );
    const again = github.asked.slice(paths.length);
    expect(
      again.map(({ path, status }) => [path.replace(/.*\/node/, '').replace(/[?].*/, ''), status]).sort(),
    ).toEqual([
      ['/actions/workflows/11/runs', 304],
      ['/actions/workflows/11/runs', 304],
      ['/actions/workflows/fast-mainnet.yml', 304],
      ['/commits', 304],
      [`/git/commits/${candidate}`, 304],
    ]);
    expect(again.filter(({ counted }) => counted)).toEqual([]);
  });

  test('another attempt of a run is asked for its own jobs; what another token read is not told', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    world.runs.push(
      run(candidate, { attempts: [[job('Stride 1', { conclusion: 'failure' })]], conclusion: 'failure' }),
    );
    const { ask, github } = await startGithub(world);
    await ask([runsQuestion()], candidate);
    world.runs[0] = run(candidate, { attempt: 2, attempts: [[], [job('Stride 1')]] });
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.commits[0]?.runs[0]).toMatchObject({ attempt: 2, jobs: [{ conclusion: 'success' }] });
    world.tokens.set('another-token', new Set(allPermissions));
    const before = github.asked.length;
    await ask([runsQuestion()], candidate, { credential: { origin: github.origin, token: 'another-token' } });
    expect(github.asked.slice(before).filter(({ path }) => path.includes('/attempts/2/jobs'))).toHaveLength(
      1,
    );
  });

  test('without one that passed on it, where it passed last is told, on condition', async () => {
    const { world, commits } = smallWorld();
    const [candidate = '', third = ''] = commits;
    const side = world.branches.get('side') ?? '';
    world.runs.push(
      run(candidate, { id: 510, number: 50, conclusion: 'failure' }),
      run(third, { id: 509, number: 49 }),
      run(side, { id: 400, number: 40, branch: 'side' }),
      run('e'.repeat(40), { id: 399, number: 39 }),
      run(side, { id: 511, number: 51, workflow: 12 }),
    );
    const { ask, github } = await startGithub(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(2)], candidate));
    expect(seen.elsewhere).toMatchObject({
      commit: side,
      run: { number: '#40', branch: 'side', jobs: null },
    });
    const elsewhere = () => github.asked.filter(({ path }) => path.includes('status=success'));
    expect(elsewhere()).toHaveLength(1);
    await ask([runsQuestion(2)], candidate);
    expect(elsewhere().map(({ counted }) => counted)).toEqual([true, false]);
    world.runs.push(run(candidate, { id: 512, number: 52 }));
    expect(seenBy<CiRunsSeen>(await ask([runsQuestion(2)], candidate)).elsewhere).toBeNull();
    expect(elsewhere()).toHaveLength(2);
  });

  test('jobs of attempts before the newest are asked for once, and tell which of them failed', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const red = { conclusion: 'failure' } as const;
    world.runs.push(
      run(candidate, {
        attempt: 3,
        attempts: [
          [job('Stride 1', red), job('Mainnet gate', red)],
          [job('Stride 1'), job('Mainnet gate', { conclusion: 'timed_out' })],
          [job('Stride 1'), job('Mainnet gate'), job('New')],
        ],
      }),
    );
    const { ask, github } = await startGithub(world);
    const jobs = async () =>
      seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate)).commits[0]?.runs[0]?.jobs;
    const expected = [
      { name: 'Stride 1', conclusion: 'success', failedBefore: 1 },
      { name: 'Mainnet gate', conclusion: 'success', failedBefore: 2 },
      { name: 'New', failedBefore: 0 },
    ];
    expect(await jobs()).toMatchObject(expected);
    expect(await jobs()).toMatchObject(expected);
    const asked = github.asked.filter(({ path }) => path.includes('/attempts/'));
    expect(asked.map(({ path }) => /attempts\/(\d)/.exec(path)?.[1])).toEqual(['3', '1', '2']);
  });

  test('attempts that GitHub keeps no longer tell nothing', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    world.runs.push(run(candidate, { attempt: 2, attempts: [undefined, [job('Stride 1')]] as never }));
    const { ask } = await startGithub(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.commits[0]?.runs[0]).toMatchObject({ attempt: 2, jobs: [{ failedBefore: 0 }] });
  });

  test('a workflow that GitHub does not know is none, once the list may be read', async () => {
    const { world, commits } = smallWorld();
    const { ask } = await startGithub(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(1, 'no-such.yml')], commits[0] ?? ''));
    expect(seen).toMatchObject({ workflow: null, file: null, commits: [{ runs: [] }] });
  });

  test('a workflow file that the candidate lacks is said as a fault of the file', async () => {
    const { world } = smallWorld();
    const candidate = commitFiles(world, { a: 'a' }, { message: 'Drop it', at: '2026-11-19T10:00:00Z' });
    const { ask } = await startGithub(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.file?.fault).toBe(
      `.github/workflows/fast-mainnet.yml: it is not in commit ${candidate.slice(0, 12)}.`,
    );
  });

  test.each<[Permission, string]>([
    ['actions', 'Actions: read'],
    ['contents', 'Contents: read'],
  ])('without %s it names the permission', async (permission, name) => {
    const { world, commits } = smallWorld();
    world.tokens.set(token, missing(permission));
    const { ask } = await startGithub(world);
    expect(failureOf(await ask([runsQuestion()], commits[0] ?? ''))).toMatchObject({
      kind: 'unauthorised',
      status: 403,
      message: expect.stringContaining(name),
    });
  });

  test('a hidden repository, a commit that was not pushed, and a bad token are told apart', async () => {
    const { world, commits } = smallWorld();
    const { ask, github } = await startGithub(world);
    const [candidate = ''] = commits;
    const none = failureOf(await ask([runsQuestion()], candidate, { credential: null }));
    expect(none.message).toContain('shows no repository the-block/node');
    const unpushed = failureOf(await ask([runsQuestion()], 'f'.repeat(40)));
    expect(unpushed.message).toBe(
      'GitHub has no commit ffffffffffff in the-block/node: push it, or pin another candidate.',
    );
    const bad = failureOf(
      await ask([runsQuestion()], candidate, { credential: { origin: github.origin, token: 'revoked' } }),
    );
    expect(bad).toMatchObject({
      kind: 'unauthorised',
      status: 401,
      message: expect.stringContaining('not valid'),
    });
    expect(failureOf(await ask([runsQuestion()], null)).message).toContain('No candidate is pinned');
  });

  test('a renamed repository is followed on its own host', async () => {
    const { world, commits } = smallWorld();
    world.formerNames.push('old/name');
    const { ask, source } = await startGithub(world);
    Object.assign(source, { address: source.address.replace('the-block/node', 'old/name') });
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], commits[0] ?? ''));
    expect(seen.workflow?.name).toBe('Fast mainnet');
  });
});

test('over 24 simulated hours with 20 requests an hour, none goes out while none is left', async () => {
  const { world, commits } = smallWorld();
  world.limit = { most: 20, used: 0, resetAtMs: nowMs + 3_600_000 };
  let now = nowMs;
  const { ask, github } = await startGithub(world, { now: () => now });
  const kinds = new Set<string>();
  for (let minute = 0; minute < 24 * 60; minute += 20) {
    now = nowMs + minute * 60_000;
    // A run of another number each time, so that answers do change and cost.
    world.runs = [run(commits[0] ?? '', { id: 10_000 + minute, number: 100 + minute })];
    const { observations } = await ask([runsQuestion(3), requiredQuestion()], commits[0] ?? '');
    for (const { outcome } of observations) kinds.add(outcome.ok ? 'ok' : outcome.failure.kind);
  }
  expect(github.asked.filter(({ status }) => status === 403)).toEqual([]);
  expect([...kinds].sort()).toEqual(['ok', 'rate-limited']);
}, 60_000);
