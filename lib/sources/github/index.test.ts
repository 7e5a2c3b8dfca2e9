import { afterEach, describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { Permission } from '#e2e/github/world.ts';
import type { CiRequiredSeen, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import {
  allPermissions,
  failureOf,
  fileQuestion,
  files,
  job,
  nowMs,
  requiredQuestion,
  run,
  runsQuestion,
  seenBy,
  smallWorld,
  startGithub,
  token,
} from './github.fixture.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function start(...given: Parameters<typeof startGithub>) {
  const started = await startGithub(...given);
  stops.push(started.stop);
  return started;
}
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
    const { ask, github } = await start(world);
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
    const { ask, github } = await start(world);
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
    const { ask, github } = await start(world);
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

  test('a workflow that GitHub does not know is none, once the list may be read', async () => {
    const { world, commits } = smallWorld();
    const { ask } = await start(world);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion(1, 'no-such.yml')], commits[0] ?? ''));
    expect(seen).toMatchObject({ workflow: null, file: null, commits: [{ runs: [] }] });
  });

  test('a workflow file that the candidate lacks is said as a fault of the file', async () => {
    const { world } = smallWorld();
    const candidate = commitFiles(world, { a: 'a' }, { message: 'Drop it', at: '2026-11-19T10:00:00Z' });
    const { ask } = await start(world);
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
    const { ask } = await start(world);
    expect(failureOf(await ask([runsQuestion()], commits[0] ?? ''))).toMatchObject({
      kind: 'unauthorised',
      status: 403,
      message: expect.stringContaining(name),
    });
  });

  test('a hidden repository, a commit that was not pushed, and a bad token are told apart', async () => {
    const { world, commits } = smallWorld();
    const { ask, github } = await start(world);
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
    const { ask, source } = await start(world);
    Object.assign(source, { address: source.address.replace('the-block/node', 'old/name') });
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], commits[0] ?? ''));
    expect(seen.workflow?.name).toBe('Fast mainnet');
  });
});

describe('what a branch requires', () => {
  const app = { id: 15_368, name: 'GitHub Actions' };

  test('by rulesets and by classic protection, what reported, and the file', async () => {
    const { world, commits } = smallWorld();
    const [head = '', third = ''] = commits;
    world.rules.set('main', {
      checks: [{ context: 'Mainnet gate', app: app.id }],
      workflows: ['.github/workflows/scan.yml'],
    });
    world.protection.set('main', { checks: [{ context: 'lint', app: null }], shownToAll: true });
    world.checks.push(
      { name: 'Mainnet gate', commit: head, at: '2026-11-19T09:05:00Z', app },
      { name: 'Mainnet gate', commit: third, at: '2026-11-18T09:05:00Z', app },
      { name: 'ages ago', commit: third, at: '2026-11-01T09:05:00Z', app },
    );
    world.statuses.push({ context: 'external/ci', commit: head, at: '2026-11-19T10:00:00Z' });
    const { ask } = await start(world);
    const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion('Mainnet gate', null)], null));
    expect(seen).toEqual({
      branch: 'main',
      required: [
        { check: 'Mainnet gate', by: 'ruleset', app: 'GitHub Actions' },
        { check: '.github/workflows/scan.yml', by: 'ruleset', app: null },
        { check: 'lint', by: 'classic', app: null },
      ],
      pipelinesMustSucceed: null,
      skippedCountsAsSuccess: null,
      unseen: [],
      reported: [
        { check: 'Mainnet gate', at: '2026-11-19T09:05:00.000Z' },
        { check: 'external/ci', at: '2026-11-19T10:00:00.000Z' },
      ],
      file: expect.objectContaining({
        path: '.github/workflows/fast-mainnet.yml',
        pathFilters: { pullRequest: true, push: false },
      }),
    });
  });

  test('an unprotected branch requires nothing, and nobody needs to administer for that', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, missing('administration'));
    const { ask } = await start(world);
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [],
      unseen: [],
    });
  });

  test('protection that the token may not see is unseen, never absent; what the branch tells counts', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, missing('administration'));
    world.protection.set('main', { checks: [{ context: 'Mainnet gate', app: app.id }], shownToAll: false });
    const { ask } = await start(world);
    const unseen = [{ what: 'classic branch protection', permission: 'Administration: read' }];
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [],
      unseen,
    });
    world.protection.set('main', { checks: [{ context: 'Mainnet gate', app: app.id }], shownToAll: true });
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [{ check: 'Mainnet gate', by: 'classic' }],
      unseen,
    });
  });

  test('a bare 404 for protection is unseen too; GitHub’s own words for none are none', async () => {
    const { world } = smallWorld();
    world.protection.set('main', { checks: null, shownToAll: true });
    let hidden = false;
    const instead = (path: string) =>
      hidden && path.includes('/protection/') ? { status: 404, text: '{"message":"Not Found"}' } : null;
    const { ask } = await start(world, { instead });
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([]);
    hidden = true;
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([
      { what: 'classic branch protection', permission: 'Administration: read' },
    ]);
  });

  test('without checks and statuses it says so by name', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, new Set<Permission>(['metadata', 'contents']));
    const { ask } = await start(world);
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([
      { what: 'check runs', permission: 'Checks: read' },
      { what: 'commit statuses', permission: 'Commit statuses: read' },
    ]);
  });

  test.each([
    ['no-such', 'has no branch “no-such”'],
    ['..', 'was not looked for'],
    ['a/../../b', 'was not looked for'],
  ])('branch %s', async (branch, sentence) => {
    const { world } = smallWorld();
    const { ask } = await start(world);
    expect(failureOf(await ask([requiredQuestion('x', branch)], null)).message).toContain(sentence);
  });

  test('a branch with a slash in its name is one branch', async () => {
    const { world } = smallWorld();
    commitFiles(world, files, { branch: 'release/1.0', message: 'Release', at: '2026-11-19T10:00:00Z' });
    world.rules.set('release/1.0', { checks: [{ context: 'gate', app: null }], workflows: [] });
    const { ask } = await start(world);
    const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion('gate', 'release/1.0')], null));
    expect(seen).toMatchObject({ branch: 'release/1.0', required: [{ check: 'gate' }] });
  });
});

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
    const { ask } = await start(world);
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
    const { ask, github } = await start(world);
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
    const { ask } = await start(world);
    expect(failureOf(await ask([fileQuestion('vendor')], candidate))).toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('more entries than its server lists'),
    });
    expect(seenBy<FileAtCommit>(await ask([fileQuestion('README.md')], candidate)).found).toBe('file');
  });

  test('a question for another kind of source is answered so', async () => {
    const { world } = smallWorld();
    const { ask } = await start(world);
    const failure = failureOf(await ask([{ ask: 'rules', source: 'github' }], null));
    expect(failure.message).toContain('cannot answer questions of the kind rules');
  });
});

test('over 24 simulated hours with 40 requests an hour, none goes out while none is left', async () => {
  const { world, commits } = smallWorld();
  world.limit = { most: 40, used: 0, resetAtMs: nowMs + 3_600_000 };
  let now = nowMs;
  const { ask, github } = await start(world, { now: () => now });
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
});
