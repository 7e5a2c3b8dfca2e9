import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { CiConclusion, CiFile, CiJob, CiPhase, CiRun } from '#lib/domain/observations/ci.ts';
import { ciRun } from '../ci-run.ts';
import { registerCheck } from '../register.ts';
import { specOf } from '../spec.fixture.ts';
import { isJobOf } from './jobs.ts';
import { commits, fileOf, jobOf, judgedRuns, openRun, runOf, seenOf, vendors } from './runs.fixture.ts';

describe('a workflow that the vendor does not know', () => {
  test('is unknown and named, and one whose file stands at the commit never ran', () => {
    const { verdict, sentence } = judgedRuns(seenOf('github', [[]], { workflow: null, file: null }));
    expect(verdict).toBe('unknown');
    expect(sentence).toBe(
      'The vendor knows no workflow “fast-mainnet.yml”, and nothing of it ran on 2c9e4d1.',
    );
    expect(judgedRuns(seenOf('github', [[]], { workflow: null })).sentence).toBe(
      'The workflow fast-mainnet.yml never ran on 2c9e4d1.',
    );
  });
});

describe('`continue-on-error` in the file', () => {
  const whole = { job: 'fuzz', name: null, whole: true, steps: 0 };
  const inFile = (
    forgiving: CiFile['forgiving'],
    jobs: readonly string[] | null,
    given: Partial<CiRun> = {},
  ) =>
    judgedRuns(
      seenOf('github', [[runOf(413, given)]], { file: fileOf('github', { forgiving }) }),
      jobs === null ? {} : { jobs: [...jobs] },
    );
  const lead = 'Run #413 of fast-mainnet.yml reports success on 2c9e4d1, but';

  test.each([
    [
      'of a job',
      whole,
      ['fuzz'],
      '“fuzz” cannot be shown to have passed: its file lets it fail (`continue-on-error`)',
    ],
    [
      'of 2 steps',
      { ...whole, whole: false, steps: 2 },
      ['fuzz'],
      '“fuzz” cannot be shown to have passed: 2 of its steps may fail (`continue-on-error`)',
    ],
    [
      'of any job, where none is named',
      { ...whole, job: 'lint' },
      null,
      '“lint” cannot be shown to have passed: its file lets it fail (`continue-on-error`)',
    ],
    [
      'of a job by its shown name',
      { ...whole, job: 'x', name: 'fuzz' },
      ['fuzz'],
      '“fuzz” cannot be shown to have passed: its file lets it fail (`continue-on-error`)',
    ],
    [
      'of a job whose shown name is computed',
      { ...whole, job: 'x' },
      ['fuzz'],
      '“x” cannot be shown to have passed: its file lets it fail (`continue-on-error`)',
    ],
  ])('%s leaves it open', (_, forgiving, jobs, clause) => {
    const { verdict, sentence } = inFile([forgiving], jobs);
    expect(sentence).toBe(`${lead} ${clause}.`);
    expect(verdict).toBe('unknown');
  });

  test('covers every job of a matrix, and one of it by its whole name', () => {
    const jobs = { jobs: [jobOf('fuzz (a)'), jobOf('fuzz (b)')] };
    expect(inFile([whole], ['fuzz'], jobs).verdict).toBe('unknown');
    expect(inFile([whole], ['fuzz (b)'], jobs).verdict).toBe('unknown');
  });

  const called = { job: 'build / unit', name: 'build / unit', whole: false, steps: 1 };
  test.each([
    [called, 'build / unit'],
    [{ ...called, name: null }, 'build (a, 1) / unit'],
    [{ ...called, name: null }, 'build / unit (a)'],
  ])('of a job of a workflow that is called leaves it open, and not those beside it', (forgiving, name) => {
    const jobs = { jobs: [jobOf(name), jobOf('fast tests')] };
    expect(inFile([forgiving], [name], jobs)).toMatchObject({ verdict: 'unknown' });
    expect(inFile([forgiving], ['fast tests'], jobs).verdict).toBe('pass');
  });

  test('cannot be ruled out in a workflow that is called and not read', () => {
    const unreadCalls = [{ job: 'build', name: 'Build', uses: 'o/r/.github/workflows/a.yml@v1' }];
    const judged = (jobs: readonly string[] | null) =>
      judgedRuns(
        seenOf('github', [[runOf(413, { jobs: [jobOf('Build (a) / unit'), jobOf('fast tests')] })]], {
          file: fileOf('github', { unreadCalls }),
        }),
        jobs === null ? {} : { jobs: [...jobs] },
      );
    const clause = `“Build” cannot be shown to have passed: it calls o/r/.github/workflows/a.yml@v1, which is not read, so that jobs may fail in it`;
    expect(judged(null)).toMatchObject({ verdict: 'unknown', sentence: `${lead} ${clause}.` });
    expect(judged(['Build (a) / unit']).verdict).toBe('unknown');
    expect(judged(['fast tests']).verdict).toBe('pass');
  });

  test('of a job that does not count takes nothing from those that do', () => {
    expect(inFile([whole], ['fast tests']).verdict).toBe('pass');
  });

  test.each([
    [
      'missing',
      null,
      'its file could not be read at this commit, so it cannot be told whether jobs may fail in it',
    ],
    [
      'broken',
      fileOf('github', { fault: 'line 3 is no YAML.' }),
      'its file could not be read at this commit (line 3 is no YAML), so it cannot be told whether jobs may fail in it',
    ],
  ])('cannot be ruled out where the file is %s; GitLab tells it by job', (_, file, clause) => {
    const github = judgedRuns(seenOf('github', [[runOf(413)]], { file }));
    expect(github.sentence).toBe(`${lead} ${clause}.`);
    expect(github.verdict).toBe('unknown');
    expect(judgedRuns(seenOf('gitlab', [[runOf(413)]], { file })).verdict).toBe('pass');
  });
});

test.each([
  ['fuzz', 'fuzz', true],
  ['fuzz', 'fuzz (energy, 1)', true],
  ['fuzz', 'fuzz 2/3', true],
  ['fuzz', 'fuzz: [energy]', true],
  ['fuzz', 'fuzzing', false],
  ['fuzz', 'fuzz: energy', false],
  ['fuzz', 'fuzz all', false],
  ['fuzz (a)', 'fuzz (ab)', false],
])('the job named “%s” is “%s”: %s', (wanted, name, is) => expect(isJobOf(wanted, name)).toBe(is));

describe('what decides', () => {
  const later = { startedAt: '2026-11-24T09:00:00Z', finishedAt: '2026-11-24T09:01:00Z', tookMs: 60_000 };

  test('a poll that saw other times, another green run or another branch is no new fact', () => {
    const one = judgedRuns(seenOf('github', [[runOf(413)]]), { within: '30m' });
    const other = judgedRuns(seenOf('github', [[runOf(415, { ...later, branch: 'release/2' })]]), {
      within: '30m',
    });
    expect(other.deciding).toEqual(one.deciding);
    expect(other.readings).not.toEqual(one.readings);
    const queued = judgedRuns(seenOf('github', [[openRun(413, 'queued')]]));
    expect(judgedRuns(seenOf('github', [[openRun(413, 'running')]])).deciding).toEqual(queued.deciding);
  });

  test.each<[string, CiRun]>([
    ['a second attempt', runOf(413, { attempt: 2 })],
    ['a failed job', runOf(413, { conclusion: 'failure', jobs: [jobOf('fuzz', { conclusion: 'failure' })] })],
    ['a run in flight', openRun(413, 'running', { attempt: 2 })],
  ])('%s is one', (_, run) => {
    const passed = judgedRuns(seenOf('github', [[runOf(413)]]));
    expect(judgedRuns(seenOf('github', [[run]])).deciding).not.toEqual(passed.deciding);
  });

  test('commits further back than wanted in a row are shown and decide nothing', () => {
    const red = runOf(411, { conclusion: 'failure' });
    const one = judgedRuns(seenOf('github', [[runOf(413)], [red]]));
    const other = judgedRuns(seenOf('github', [[runOf(413)], []]));
    expect([one.verdict, other.deciding]).toEqual(['pass', one.deciding]);
  });
});

test('the picture has a cell a commit, newest last, as judged where it counts', () => {
  const runs = [
    [runOf(416, { jobs: [jobOf('fuzz', { conclusion: 'skipped' })] })],
    [runOf(415, { attempt: 2, jobs: null })],
    [openRun(414, 'running')],
    [runOf(413, { conclusion: 'failure' })],
    [],
    [runOf(412, { jobs: null })],
  ];
  expect(judgedRuns(seenOf('github', runs)).picture).toMatchObject({
    kind: 'runs',
    cells: ['passed', 'none', 'failed', 'running', 'repeated', 'untested'].map((state) => ({ state })),
  });
});

test('the page to look again is that of the run that decided, and no other scheme is a link', () => {
  const red = runOf(411, { conclusion: 'failure' });
  const row = seenOf('gitlab', [[runOf(413)], [red]]);
  expect(judgedRuns(row, { inARow: 2 }).again?.href).toBe('https://ci.example/runs/411');
  expect(judgedRuns(seenOf('gitlab', [[]])).again?.href).toBe('https://gitlab.com/block/node/pipelines');
  const script = judgedRuns(seenOf('gitlab', [[runOf(413, { href: 'javascript:alert(1)' })]]));
  expect(script.again?.href).toBeNull();
});

describe('a spec that cannot be meant is refused with its place', () => {
  const kind = registerCheck(ciRun);
  const sourceOf = (vendor: 'github' | 'gitlab') =>
    ({ id: vendor, kind: vendor }) as ReturnType<typeof specOf>['sources'][number];
  const faultsOf = (parameters: JsonObject, sources: readonly ('github' | 'gitlab')[]) => {
    const bound = kind.bind(parameters, specOf({}, { sources: sources.map(sourceOf) }));
    return bound.ok ? [] : bound.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  test.each<[JsonObject, string]>([
    [{}, ': a GitHub project has many workflows: add `workflow`, its file’s name'],
    [{ workflow: 'gate' }, 'workflow: write the workflow’s file, as `gate.yml` or with its path'],
    [{ workflow: '../gate.yml' }, 'workflow: write the workflow’s file, as `gate.yml` or with its path'],
    [{ workflow: 'gate.yml', jobs: ['a', 'b', 'a'] }, 'jobs.2: the job `a` is named twice'],
    [{ workflow: 'gate.yml', within: '500ms' }, 'within: a run takes whole seconds: write at least `1s`'],
  ])('%j', (parameters, fault) => expect(faultsOf(parameters, ['github'])).toEqual([fault]));

  test('GitLab has one pipeline, which need not be named', () => {
    expect(faultsOf({}, ['gitlab'])).toEqual([]);
    expect(faultsOf({}, ['github', 'gitlab'])).toEqual([]);
  });
});

describe('nothing is green by silence', () => {
  /** One value mostly, so that there are passes to look at, and any of the others. */
  const mostly = <T>(one: T, ...others: readonly T[]) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(one) },
      { weight: 2, arbitrary: fc.constantFrom(...others) },
    );
  const conclusion = mostly<CiConclusion | null>(
    'success',
    null,
    'failure',
    'cancelled',
    'skipped',
    'neutral',
    'timed-out',
    'action-required',
    'stale',
    'startup-failure',
    'unknown',
  );
  const phase = mostly<CiPhase>('finished', 'queued', 'waiting', 'running');
  const job = fc.record({
    name: fc.constantFrom('fast tests', 'fuzz', 'fuzz (a)', 'fuzz (b)', 'lint'),
    phase,
    conclusion,
    mayFail: mostly(false, true),
    tookMs: fc.constant(1000),
    href: fc.constant(null),
  });
  const run = fc
    .record({
      base: fc.integer({ min: 1, max: 999 }).map((id) => runOf(id)),
      given: fc.record({
        phase,
        conclusion,
        attempt: fc.integer({ min: 1, max: 3 }),
        event: fc.constantFrom('push', 'push', 'schedule', 'pull_request', 'web'),
        jobs: fc.option(fc.array(job, { maxLength: 5 })),
      }),
    })
    .map(({ base, given }): CiRun => ({ ...base, ...given }));
  const runs = fc.array(fc.array(run, { maxLength: 3 }), { minLength: 0, maxLength: 4 });

  const isGood = (one: CiJob) => one.phase === 'finished' && one.conclusion === 'success' && !one.mayFail;

  test.each(vendors)('on %s no mixture passes but a success with all that counts', (vendor) => {
    let passes = 0;
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 3 }), fc.boolean(), (all, inARow, isNamed) => {
        const wanted = ['fast tests', 'fuzz'];
        const judgement = judgedRuns(seenOf(vendor, all), { inARow, ...(isNamed ? { jobs: wanted } : {}) });
        expect(judgement.sentence).toMatch(/^[A-Z0-9].*\.$/s);
        if (judgement.verdict !== 'pass') return;
        passes += 1;
        for (const own of [0, 1, 2].slice(0, inARow).map((at) => all[at] ?? [])) {
          const newest = own.find(({ event }) => event !== 'pull_request');
          expect([newest?.phase, newest?.conclusion]).toEqual(['finished', 'success']);
          const names = isNamed ? wanted : [...new Set((newest?.jobs ?? []).map(({ name }) => name))];
          expect(names.length).toBeGreaterThan(0);
          for (const name of names) {
            const those = (newest?.jobs ?? []).filter(
              (one) => one.name === name || one.name.startsWith(`${name} (`),
            );
            expect(those.length).toBeGreaterThan(0);
            expect(those.every(isGood)).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
    expect(passes).toBeGreaterThan(0);
  });

  test('no commit at all is unknown, and so is a line that does not begin with the candidate', () => {
    expect(judgedRuns(seenOf('github', [])).verdict).toBe('unknown');
    const other = seenOf('github', [[runOf(413)]], { commit: 'c4d2216'.padEnd(40, '0') });
    expect(judgedRuns(other).sentence).toBe(
      'The workflow fast-mainnet.yml never ran on c4d2216; it passed 1 commit before it, on 2c9e4d1 (#413), and not on this.',
    );
  });

  test('a commit that is told of twice counts once in a row', () => {
    const seen = seenOf('github', [[runOf(413)], [runOf(412)]]);
    const twice = { ...seen, commits: [...seen.commits, ...seen.commits] };
    expect(judgedRuns(twice, { inARow: 3 }).verdict).toBe('unknown');
  });
});

test('every run that was looked at is among the readings, and which one counts', () => {
  const runs = [[runOf(414, { event: 'pull_request' }), runOf(413), runOf(412, { conclusion: 'failure' })]];
  expect(judgedRuns(seenOf('github', runs)).readings).toMatchObject({
    runs: [
      { number: '#414', counts: false, commit: commits[0] },
      { number: '#413', counts: true, outcome: 'success', href: 'https://ci.example/runs/413' },
      { number: '#412', counts: false, outcome: 'failure' },
    ],
    jobs: [{ name: 'fast tests', outcome: 'success' }, { name: 'fuzz' }],
  });
});
