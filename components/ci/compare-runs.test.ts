import { expect, test } from 'vitest';
import type { CiCell } from '#lib/domain/ci-view.ts';
import { compareRuns, runChoices } from './compare-runs.ts';

const run = (id: string | null, attempt = 1) => ({
  id,
  number: id ? `#${id}` : '–',
  attempt,
  event: 'push',
  href: null,
});
const stride = (name: string, cells: readonly CiCell[], tookMs: readonly (number | null)[]) => ({
  name,
  isWhole: name === 'whole',
  cells,
  tookMs,
  limitMs: null,
});
const grid = {
  commits: [
    {
      commit: 'a'.repeat(40),
      subject: 'A',
      isCandidate: true,
      newest: 'not-run' as const,
      runs: [run(null)],
    },
    {
      commit: 'b'.repeat(40),
      subject: 'B',
      isCandidate: false,
      newest: 'flaky' as const,
      runs: [run('3', 2), run('2')],
    },
    { commit: 'c'.repeat(40), subject: 'C', isCandidate: false, newest: 'passed' as const, runs: [run('1')] },
  ],
  strides: [
    stride('lint', ['not-run', 'passed', 'passed', 'passed'], [null, 60_000, 61_000, 59_000]),
    stride('fuzz', ['not-run', 'passed', 'failed', 'skipped'], [null, 90_000, 30_000, null]),
    stride('whole', ['not-run', 'flaky', 'failed', 'passed'], [null, 150_000, 91_000, 59_000]),
  ],
};

test('runs to choose from are those that there were, with their commits', () => {
  expect(runChoices(grid)).toEqual([
    { id: '3', title: '#3 on bbbbbbb, attempt 2' },
    { id: '2', title: '#2 on bbbbbbb' },
    { id: '1', title: '#1 on ccccccc' },
  ]);
});

test('what ended differently comes first, each with how much longer it took', () => {
  const rows = compareRuns(grid, '3', '2')?.map(({ name, differs, cells, longerMs }) => [
    name,
    differs,
    cells.join(' '),
    longerMs,
  ]);
  expect(rows).toEqual([
    ['fuzz', true, 'passed failed', 60_000],
    ['whole', true, 'flaky failed', 59_000],
    ['lint', false, 'passed passed', -1_000],
  ]);
});

test('a duration that was not told is no number, and a run that is gone compares with nothing', () => {
  expect(compareRuns(grid, '2', '1')?.find(({ name }) => name === 'fuzz')?.longerMs).toBeNull();
  expect(compareRuns(grid, '2', '9')).toBeNull();
});
