import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { CiConclusion, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { fileOf, jobOf, judgedRuns, openRun, runOf, seenOf, vendors } from './ci/runs.fixture.ts';

const ended = (conclusion: CiConclusion, given: Partial<CiRun> = {}) =>
  runOf(413, { conclusion, jobs: [], ...given });
const skipped = { conclusion: 'skipped' } as const;
const failed = { conclusion: 'failure' } as const;
const jobs = { jobs: ['fast tests', 'fuzz'] };
const elsewhere = { commit: 'c4d2216'.padEnd(40, '0'), run: runOf(409, { branch: 'release/2' }) };

type Row = readonly [
  situation: string,
  runs: readonly (readonly CiRun[])[],
  verdict: string,
  /** RUN stands for `Run #413 of fast-mainnet.yml` or `Pipeline #413`, WORKFLOW for the workflow or the pipeline. */
  sentence: string,
  parameters?: JsonObject,
  given?: Partial<CiRunsSeen>,
];

const situations: readonly Row[] = [
  ['passed', [[runOf(413)]], 'pass', 'RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful.'],
  [
    'passed, with the jobs that count named and another skipped',
    [
      [
        runOf(413, {
          jobs: [jobOf('fast tests'), jobOf('fuzz (energy)'), jobOf('fuzz (ad)'), jobOf('deploy', skipped)],
        }),
      ],
    ],
    'pass',
    'RUN passed on 2c9e4d1 in 12 min 4 s, with “fast tests” and “fuzz” successful (3 jobs).',
    jobs,
  ],
  ['never ran', [[]], 'unknown', 'WORKFLOW never ran on 2c9e4d1.'],
  [
    'never ran behind a path filter',
    [[]],
    'unknown',
    'WORKFLOW never ran on 2c9e4d1 (its file lets it run only where certain paths change).',
    {},
    { file: fileOf('github', { pathFilters: { push: true, pullRequest: true } }) },
  ],
  [
    'switched off',
    [[]],
    'unknown',
    'WORKFLOW is switched off and never ran on 2c9e4d1.',
    {},
    { workflow: { name: 'x', path: '.github/workflows/fast-mainnet.yml', disabled: true, href: null } },
  ],
  [
    'switched off after it passed',
    [[runOf(413)]],
    'pass',
    'RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful; it is switched off by now, and will not run on the next commit.',
    {},
    { workflow: { name: 'x', path: '.github/workflows/fast-mainnet.yml', disabled: true, href: null } },
  ],
  ['queued', [[openRun(413, 'queued')]], 'unknown', 'RUN is queued on 2c9e4d1.'],
  ['waiting', [[openRun(413, 'waiting')]], 'unknown', 'RUN waits for an approval or another run on 2c9e4d1.'],
  ['running', [[openRun(413, 'running')]], 'unknown', 'RUN is running on 2c9e4d1.'],
  [
    'run again, over a success',
    [[openRun(413, 'running', { attempt: 2 })]],
    'unknown',
    'RUN is running again (attempt 2) on 2c9e4d1; what it came to before no longer counts.',
  ],
  [
    'a new run over an older success',
    [[openRun(413, 'queued'), runOf(412)]],
    'unknown',
    'RUN is queued on 2c9e4d1; #412 passed there before, and the newest counts.',
  ],
  ['skipped', [[ended('skipped')]], 'unknown', 'RUN was skipped on 2c9e4d1: nothing was tested.'],
  [
    'cancelled',
    [[ended('cancelled')]],
    'unknown',
    'RUN was cancelled on 2c9e4d1: it neither passed nor failed.',
  ],
  [
    'cancelled after a job failed',
    [[ended('cancelled', { jobs: [jobOf('fuzz', failed), jobOf('lint', { conclusion: 'cancelled' })] })]],
    'fail',
    'RUN was cancelled on 2c9e4d1 after “fuzz” failed.',
  ],
  [
    'neutral',
    [[ended('neutral')]],
    'unknown',
    'RUN ended neutral on 2c9e4d1: that is neither passed nor failed.',
  ],
  ['timed out', [[ended('timed-out')]], 'fail', 'RUN timed out on 2c9e4d1.'],
  [
    'action required',
    [[ended('action-required')]],
    'unknown',
    'RUN ended asking for somebody’s action on 2c9e4d1: it tested nothing without it.',
  ],
  [
    'stale',
    [[ended('stale')]],
    'unknown',
    'RUN was given up as stale on 2c9e4d1: it never came to a result.',
  ],
  [
    'could not start',
    [[ended('startup-failure')]],
    'fail',
    'RUN could not start on 2c9e4d1: none of its jobs ran.',
  ],
  [
    'a word not known',
    [[ended('unknown')]],
    'unknown',
    'RUN ended on 2c9e4d1 in a way that is not known here.',
  ],
  [
    'failed',
    [
      [
        ended('failure', {
          jobs: [
            jobOf('lint'),
            jobOf('fuzz: energy', failed),
            jobOf('full', { conclusion: 'timed-out' }),
            jobOf('docs', { ...failed, mayFail: true }),
          ],
        }),
      ],
    ],
    'fail',
    'RUN failed on 2c9e4d1 in “fuzz: energy” and “full”.',
  ],
  ['failed, its jobs not told', [[ended('failure', { jobs: null })]], 'fail', 'RUN failed on 2c9e4d1.'],
  [
    'passed on its second attempt, where one job had failed',
    [[runOf(413, { attempt: 2, jobs: [jobOf('fast tests'), jobOf('fuzz', { failedBefore: 1 })] })]],
    'pass',
    'RUN passed on attempt 2 on 2c9e4d1 in 12 min 4 s, all 2 jobs successful; “fuzz” failed on an attempt before.',
  ],
  [
    'passed on its second attempt',
    [[runOf(413, { attempt: 2 })]],
    'pass',
    'RUN passed on attempt 2 on 2c9e4d1 in 12 min 4 s, all 2 jobs successful.',
  ],
  [
    'passed after another run failed on the same commit',
    [[runOf(413), runOf(412, failed)]],
    'pass',
    'RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful; #412 failed there before it.',
  ],
  [
    'failed after another run passed on the same commit',
    [[ended('failure'), runOf(412)]],
    'fail',
    'RUN failed on 2c9e4d1.',
  ],
  [
    'passed on another commit only',
    [[], [], [runOf(411)]],
    'unknown',
    'WORKFLOW never ran on 2c9e4d1; it passed 2 commits before it, on 77e0b95 (#411), and not on this.',
  ],
  [
    'passed on another branch only',
    [[]],
    'unknown',
    'WORKFLOW never ran on 2c9e4d1; it passed on c4d2216 of the branch release/2 (#409), and not on this.',
    {},
    { elsewhere },
  ],
  [
    'ran for an event that does not test the commit',
    [[runOf(413, { event: 'pull_request' }), runOf(412, { event: 'merge_request_event' })]],
    'unknown',
    'WORKFLOW ran on 2c9e4d1 only for “pull_request” and “merge_request_event” (#413), which does not test this commit by itself.',
  ],
  [
    'a newer run for a pull request, over one for a push',
    [[ended('failure', { event: 'pull_request' }), runOf(412)]],
    'pass',
    'RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful.'.replace('RUN', 'RUN412'),
  ],
  [
    'jobs skipped by paths',
    [[runOf(413, { jobs: [jobOf('fast tests'), jobOf('fuzz', skipped)] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but “fuzz” was skipped: not tested.',
    jobs,
  ],
  [
    'jobs skipped where none is named',
    [[runOf(413, { jobs: [jobOf('fast tests'), jobOf('a', skipped), jobOf('b', skipped)] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but “a” and “b” were skipped: not tested.',
  ],
  [
    'all jobs skipped',
    [[runOf(413, { jobs: [jobOf('fast tests', skipped), jobOf('fuzz', skipped)] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but all of its 2 jobs were skipped: nothing was tested.',
    jobs,
  ],
  ['no job', [[runOf(413, { jobs: [] })]], 'unknown', 'RUN reports success on 2c9e4d1, but it had no job.'],
  [
    'jobs not told',
    [[runOf(413, { jobs: null })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but its jobs were not told.',
  ],
  [
    'a job missing',
    [[runOf(413, { jobs: [jobOf('fast tests'), jobOf('fuzzing')] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but it has no job “fuzz”, only “fast tests” and “fuzzing”.',
    jobs,
  ],
  [
    'a job left out by its paths',
    [[runOf(413, { jobs: [jobOf('fast tests')] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but “fuzz” was left out of it, since no path of its changed: not tested.',
    jobs,
    { file: fileOf('gitlab', { jobsByPaths: ['fuzz'] }) },
  ],
  [
    'one of a matrix failed and may',
    [
      [
        runOf(413, {
          jobs: [jobOf('fast tests'), jobOf('fuzz (a)'), jobOf('fuzz (b)', { ...failed, mayFail: true })],
        }),
      ],
    ],
    'fail',
    'RUN reports success on 2c9e4d1, but “fuzz (b)” failed.',
    jobs,
  ],
  [
    'a job that may fail',
    [[runOf(413, { jobs: [jobOf('fast tests'), jobOf('fuzz', { mayFail: true })] })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but “fuzz” was allowed to fail, and it would report the same had it failed.',
    jobs,
  ],
  [
    'a manual job that waits, where none is named',
    [
      [
        runOf(413, {
          jobs: [jobOf('fast tests'), jobOf('deploy', { phase: 'waiting', conclusion: null, mayFail: true })],
        }),
      ],
    ],
    'unknown',
    'RUN reports success on 2c9e4d1, but “deploy” has not run.',
  ],
  [
    'too long',
    [[runOf(413, { tookMs: 1_801_000 })]],
    'fail',
    'RUN reports success on 2c9e4d1, but it took 30 min 1 s, allowed are 30 min.',
    { within: '30m' },
  ],
  [
    'within its limit to the second',
    [[runOf(413, { tookMs: 1_800_000 })]],
    'pass',
    'RUN passed on 2c9e4d1 in 30 min, all 2 jobs successful.',
    { within: '30m' },
  ],
  [
    'a duration that is not told',
    [[runOf(413, { tookMs: null })]],
    'unknown',
    'RUN reports success on 2c9e4d1, but how long it took was not told, allowed are 30 min.',
    { within: '30m' },
  ],
  [
    '3 of 3 in a row',
    [[runOf(413)], [runOf(411)], [runOf(410)]],
    'pass',
    '3 of 3 commits up to 2c9e4d1 are green in a row: RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful.',
    { inARow: 3 },
  ],
  [
    '3 in a row, one only when run again',
    [[runOf(413)], [runOf(411, { attempt: 3 })], [runOf(410)]],
    'pass',
    '3 of 3 commits up to 2c9e4d1 are green in a row: RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful; 1 commit before it passed only when run again.',
    { inARow: 3 },
  ],
  [
    'two runs of one commit are no two commits',
    [[runOf(413), runOf(412), runOf(411)]],
    'unknown',
    '1 of 3 commits up to 2c9e4d1 is green in a row, and up to 2c9e4d1 there is 1 commit only: RUN passed on 2c9e4d1 in 12 min 4 s, all 2 jobs successful.',
    { inARow: 3 },
  ],
  [
    'one of 3 red',
    [
      [runOf(413)],
      [runOf(411)],
      [ended('failure', { id: '409', number: '#409', jobs: [jobOf('fuzz', failed)] })],
    ],
    'fail',
    '2 of 3 commits up to 2c9e4d1 are green in a row: RUN409 failed on 77e0b95 in “fuzz”.',
    { inARow: 3 },
  ],
  [
    'one of 3 never ran',
    [[runOf(413)], [], [runOf(409)]],
    'unknown',
    '1 of 3 commits up to 2c9e4d1 is green in a row: WORKFLOW-LOW never ran on a81f03c.',
    { inARow: 3 },
  ],
  [
    'one of 3 in flight',
    [[runOf(413)], [openRun(411, 'running')], [runOf(409)]],
    'unknown',
    '1 of 3 commits up to 2c9e4d1 is green in a row: RUN411 is running on a81f03c.',
    { inARow: 3 },
  ],
];

function expected(sentence: string, vendor: 'github' | 'gitlab'): string {
  const isGitlab = vendor === 'gitlab';
  return sentence
    .replace('WORKFLOW-LOW', isGitlab ? 'the pipeline' : 'the workflow fast-mainnet.yml')
    .replace('WORKFLOW', isGitlab ? 'The pipeline' : 'The workflow fast-mainnet.yml')
    .replace(/(: )?RUN(\d*)/, (_, within: string | undefined, id: string) => {
      const words = isGitlab ? `ipeline #${id || 413}` : `un #${id || 413} of fast-mainnet.yml`;
      const first = isGitlab ? 'p' : 'r';
      return `${within ?? ''}${within === undefined ? first.toUpperCase() : first}${words}`;
    });
}

describe.each(vendors)('on %s', (vendor) => {
  test.each(situations.map((row) => [row[0], row] as const))('%s', (_, row) => {
    const [, runs, verdict, sentence, parameters, given] = row;
    const judgement = judgedRuns(seenOf(vendor, runs, given), parameters);
    expect(judgement.sentence).toBe(expected(sentence, vendor));
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.toGreen.length > 0).toBe(verdict !== 'pass');
    expect(judgement.fact.lead).not.toBe('');
  });

  test('each situation has a sentence of its own', () => {
    const said = situations.map(
      ([, runs, , , parameters, given]) => judgedRuns(seenOf(vendor, runs, given), parameters).sentence,
    );
    const plain = new Set(['passed', 'failed']);
    expect(new Set(said).size).toBeGreaterThanOrEqual(situations.length - plain.size);
  });
});
