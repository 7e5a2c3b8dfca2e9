import type { CiCell, CiCommitColumn, CiStride } from '#lib/domain/ci-view.ts';
import type { CiFile, CiJob, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';

/** At most so many runs beside each other: a screen's width. */
const mostRuns = 14;

/**
 * Runs as a grid: a column a run under its commit, a row a stride, and the run as a whole last. A commit that nothing
 * ran on keeps a column, so that it is not passed over. Pure.
 */
export function ciGrid(
  seen: CiRunsSeen,
  limitOf: (stride: string) => number | null,
): { readonly commits: readonly CiCommitColumn[]; readonly strides: readonly CiStride[] } {
  const commits: CiCommitColumn[] = [];
  const runs: (CiRun | null)[] = [];
  for (const { commit, subject, runs: all } of seen.commits) {
    const room = mostRuns - runs.length;
    if (room <= 0) break;
    const shown: readonly (CiRun | null)[] = all.length > 0 ? all.slice(0, room) : [null];
    commits.push({
      commit,
      subject,
      isCandidate: commit === seen.commit,
      newest: runCell(shown[0] ?? null),
      runs: shown.map(columnOf),
    });
    runs.push(...shown);
  }
  const names = [...new Set(runs.flatMap((run) => run?.jobs?.map(({ name }) => name) ?? []))];
  const strides = names.map((name): CiStride => {
    const jobs = runs.map((run) => run?.jobs?.find((job) => job.name === name) ?? null);
    return {
      name,
      isWhole: false,
      cells: jobs.map((job, index) => jobCell(job, runs[index] ?? null, seen.file)),
      tookMs: jobs.map((job) => job?.tookMs ?? null),
      limitMs: limitOf(name),
    };
  });
  const whole: CiStride = {
    name: 'The whole run',
    isWhole: true,
    cells: runs.map(runCell),
    tookMs: runs.map((run) => run?.tookMs ?? null),
    limitMs: limitOf(''),
  };
  return { commits, strides: [...strides, whole] };
}

function columnOf(run: CiRun | null): CiCommitColumn['runs'][number] {
  if (!run) return { id: null, number: '–', attempt: 1, event: '', href: null };
  const { id, number, attempt, event, href } = run;
  return { id, number, attempt, event, href };
}

function runCell(run: CiRun | null): CiCell {
  if (!run) return 'not-run';
  // Where it is known which strides were repeated, those are marked, and not all of it.
  const isTold = run.jobs?.some(isFlaky) ?? false;
  return run.attempt > 1 && run.conclusion === 'success' && !isTold ? 'flaky' : cellOf(run);
}

/** What may fail without the run failing cannot be shown to have passed: the vendor reports success for it. */
function jobCell(job: CiJob | null, run: CiRun | null, file: CiFile | null): CiCell {
  if (!job) return run?.phase === 'finished' || run === null ? 'not-run' : 'under-way';
  const forgiven = file?.forgiving.some(({ job: key, name }) => key === job.name || name === job.name);
  const cell = cellOf(job);
  if ((job.mayFail || forgiven) && cell !== 'under-way' && cell !== 'skipped') return 'may-fail';
  return isFlaky(job) ? 'flaky' : cell;
}

function isFlaky({ conclusion, failedBefore = 0 }: CiJob): boolean {
  return conclusion === 'success' && failedBefore > 0;
}

function cellOf({ phase, conclusion }: Pick<CiJob, 'phase' | 'conclusion'>): CiCell {
  if (phase !== 'finished' || conclusion === null) return 'under-way';
  switch (conclusion) {
    case 'success':
      return 'passed';
    case 'skipped':
    case 'neutral':
      return 'skipped';
    case 'failure':
    case 'timed-out':
    case 'startup-failure':
      return 'failed';
    case 'cancelled':
    case 'action-required':
    case 'stale':
    case 'unknown':
      return 'stopped';
  }
}
