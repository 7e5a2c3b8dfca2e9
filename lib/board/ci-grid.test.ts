import { describe, expect, test } from 'vitest';
import type { CiCommit, CiJob, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { ciGrid } from './ci-grid.ts';

const job = (name: string, conclusion: CiJob['conclusion'], more: Partial<CiJob> = {}): CiJob => ({
  name,
  phase: conclusion === null ? 'running' : 'finished',
  conclusion,
  tookMs: conclusion === null ? null : 60_000,
  href: null,
  mayFail: false,
  ...more,
});

const run = (number: string, conclusion: CiRun['conclusion'], more: Partial<CiRun> = {}): CiRun => ({
  id: number,
  number,
  attempt: 1,
  event: 'push',
  branch: 'main',
  phase: conclusion === null ? 'running' : 'finished',
  conclusion,
  startedAt: null,
  finishedAt: null,
  tookMs: 120_000,
  href: null,
  jobs: null,
  ...more,
});

const on = (commit: string, ...runs: CiRun[]): CiCommit => ({
  commit,
  subject: commit,
  committedAt: null,
  runs,
});
const seen = (commits: CiCommit[], file: CiRunsSeen['file'] = null): CiRunsSeen => ({
  vendor: 'github',
  commit: commits[0]?.commit ?? '',
  workflow: null,
  commits,
  file,
  elsewhere: null,
});
const noLimit = () => null;

describe('the grid of runs', () => {
  test('keeps a column for a commit on which nothing ran, and marks the candidate', () => {
    const { commits, strides } = ciGrid(
      seen([on('a'), on('b', run('#2', 'success'), run('#1', 'failure'))]),
      noLimit,
    );
    expect(
      commits.map(({ commit, isCandidate, newest, runs }) => [commit, isCandidate, newest, runs.length]),
    ).toEqual([
      ['a', true, 'not-run', 1],
      ['b', false, 'passed', 2],
    ]);
    expect(strides.map(({ name, cells }) => [name, cells])).toEqual([
      ['The whole run', ['not-run', 'passed', 'failed']],
    ]);
  });

  test('says of each stride how it ended, and what cannot be told', () => {
    const jobs = [
      job('lint', 'success'),
      job('skip', 'skipped'),
      job('red', 'timed-out'),
      job('off', 'cancelled'),
      job('odd', 'unknown'),
      job('now', null),
      job('free', 'success', { mayFail: true }),
      job('soft', 'success'),
    ];
    const file = {
      path: 'ci.yml',
      forgiving: [{ job: 'soft-key', name: 'soft', whole: true, steps: 0 }],
      pathFilters: { pullRequest: false, push: false },
      events: ['push'],
      fault: null,
    };
    const { strides } = ciGrid(
      seen([on('a', run('#3', 'success', { jobs }), run('#2', null))], file),
      noLimit,
    );
    expect(Object.fromEntries(strides.map(({ name, cells }) => [name, cells[0]]))).toEqual({
      lint: 'passed',
      skip: 'skipped',
      red: 'failed',
      off: 'stopped',
      odd: 'stopped',
      now: 'under-way',
      free: 'may-fail',
      soft: 'may-fail',
      'The whole run': 'passed',
    });
    expect(strides.find(({ name }) => name === 'lint')?.cells).toEqual(['passed', 'under-way']);
  });

  test('calls a run that passed on a later attempt flaky, and no more than fit are shown', () => {
    const again = run('#9', 'success', { attempt: 2 });
    expect(ciGrid(seen([on('a', again)]), noLimit).strides.at(-1)?.cells).toEqual(['flaky']);
    const many = Array.from({ length: 30 }, (_, n) => on(`c${n}`, run(`#${n}`, 'success')));
    const { commits, strides } = ciGrid(seen(many), noLimit);
    expect(commits).toHaveLength(14);
    expect(strides.at(-1)?.cells).toHaveLength(14);
  });

  test('marks the strides that failed on an attempt before, and the whole run only where none is known', () => {
    const jobs = [
      job('steady', 'success', { failedBefore: 0 }),
      job('flaky', 'success', { failedBefore: 1 }),
      job('soft', 'success', { failedBefore: 1, mayFail: true }),
      job('red', 'failure', { failedBefore: 2 }),
    ];
    const told = ciGrid(seen([on('a', run('#1', 'success', { attempt: 2, jobs }))]), noLimit);
    expect(told.strides.map(({ cells }) => cells[0])).toEqual([
      'passed',
      'flaky',
      'may-fail',
      'failed',
      'passed',
    ]);
    const untold = ciGrid(
      seen([on('a', run('#1', 'success', { attempt: 2, jobs: [job('x', 'success')] }))]),
      noLimit,
    );
    expect(untold.strides.map(({ cells }) => cells[0])).toEqual(['passed', 'flaky']);
  });
});
