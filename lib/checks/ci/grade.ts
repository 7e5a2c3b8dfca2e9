import type { CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { listWords, shown } from '../metrics/words.ts';
import { eventCounts } from './events.ts';
import { failedJobs } from './jobs.ts';
import { neverRan } from './never-ran.ts';
import { reportsSuccess } from './passed.ts';
import type { Grade, RunBound } from './run-grade.ts';
import { ended, runWords, short } from './words.ts';

/**
 * Judges the newest run on a commit. An older one never stands in for it: a re-run in flight takes the word from the
 * success before it. `file` speaks of the candidate's commit, and is asked for that alone.
 */
export function gradeCommit(seen: CiRunsSeen, at: number, bound: RunBound): Grade {
  const { commit, runs } = seen.commits[at] ?? { commit: seen.commit, runs: [] };
  const counting = runs.filter(({ event }) => eventCounts(event, bound.events));
  const [run, ...before] = counting;
  if (!run) return neverRan(seen, at, { commit, runs }, bound);
  if (run.phase !== 'finished' || run.conclusion === null) return inFlight(seen, commit, run, before, bound);
  if (run.conclusion === 'success') return reportsSuccess(seen, at, commit, run, before, bound);
  return endedOtherwise(seen, commit, run, run.conclusion, bound);
}

function endedOtherwise(
  seen: CiRunsSeen,
  commit: string,
  run: CiRun,
  conclusion: keyof typeof ended,
  bound: RunBound,
): Grade {
  const { verdict, words, after } = ended[conclusion];
  const failed = failedJobs(run);
  const jobs = listWords(failed);
  // A job that failed before somebody cancelled the rest has failed all the same.
  const isFail = verdict === 'fail' || failed.length > 0;
  const end = failed.length === 0 ? after : verdict === 'fail' ? ` in ${jobs}` : ` after ${jobs} failed`;
  return {
    commit,
    verdict: isFail ? 'fail' : 'unknown',
    outcome: [conclusion, ...failed.map((name) => `failed ${name}`)],
    run,
    repeated: false,
    lead: `${shown(run.number, 20)} ${words}${failed.length === 0 ? '' : end}`,
    clause: `${runWords(seen, run, bound.workflow)} ${words} on ${short(commit)}${end}`,
    toGreen: isFail
      ? [
          `Put right what fails${failed.length > 0 ? ` in ${jobs}` : ''}, and move the candidate to the commit that does.`,
        ]
      : [`Run it again on ${short(commit)}, to its end.`],
  };
}

function inFlight(
  seen: CiRunsSeen,
  commit: string,
  run: CiRun,
  before: readonly CiRun[],
  bound: RunBound,
): Grade {
  const again = run.attempt > 1 ? ` again (attempt ${run.attempt})` : '';
  const words = {
    queued: 'is queued',
    waiting: 'waits for an approval or another run',
    running: 'is running',
    finished: 'ended',
  }[run.phase];
  const passed = before.find(({ conclusion }) => conclusion === 'success');
  const old = passed
    ? `; ${shown(passed.number, 20)} passed there before, and the newest counts`
    : run.attempt > 1
      ? '; what it came to before no longer counts'
      : '';
  return {
    commit,
    verdict: 'unknown',
    outcome: ['in-flight'],
    run,
    repeated: false,
    lead: `${shown(run.number, 20)} ${words}`,
    clause: `${runWords(seen, run, bound.workflow)} ${words}${again} on ${short(commit)}${old}`,
    toGreen: [run.phase === 'waiting' ? 'Approve it, or let the run before it end.' : 'Wait until it ends.'],
  };
}
