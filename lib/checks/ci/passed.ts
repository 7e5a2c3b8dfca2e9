import type { CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { listWords, shown } from '../metrics/words.ts';
import { type Doubt, fileDoubts, isJobOf, jobDoubts } from './jobs.ts';
import type { Grade, RunBound } from './run-grade.ts';
import { ended, runWords, short, tookWords } from './words.ts';

/**
 * A run whose end the vendor calls success: it passes unless something of it stands against that. An older failure on
 * the same commit, or an earlier attempt, is said and does not.
 */
export function reportsSuccess(
  seen: CiRunsSeen,
  at: number,
  commit: string,
  run: CiRun,
  before: readonly CiRun[],
  bound: RunBound,
): Grade {
  const subject = runWords(seen, run, bound.workflow);
  const doubts = [
    ...jobDoubts(run, bound.jobs, at === 0 ? seen.file?.jobsByPaths : []),
    ...lateness(run, bound.withinMs),
    ...(at === 0 ? fileDoubts(seen, run, bound.jobs) : []),
  ];
  const [first] = doubts;
  const failed = before.filter(
    ({ conclusion }) =>
      conclusion !== null && conclusion !== 'success' && ended[conclusion].verdict === 'fail',
  );
  const repeated = run.attempt > 1 || failed.length > 0;
  if (first) {
    const clauses = doubts.slice(0, 3).map(({ clause }) => clause);
    const more = doubts.length > 3 ? `, and ${doubts.length - 3} more` : '';
    return {
      commit,
      verdict: doubts.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'unknown',
      outcome: ['success', ...doubts.map(({ key }) => key)],
      run,
      repeated,
      lead: `${shown(run.number, 20)}: ${first.clause}`,
      clause: `${subject} reports success on ${short(commit)}, but ${clauses.join('; ')}${more}`,
      toGreen: [...new Set(doubts.map(({ way }) => way))],
    };
  }
  const attempt = run.attempt > 1 ? ` on attempt ${run.attempt}` : '';
  const took = run.tookMs === null ? '' : ` in ${tookWords(run.tookMs)}`;
  const flake = failed.length > 0 ? `; ${listRuns(failed)} failed there before it` : '';
  const flaky = (run.jobs ?? []).filter(({ failedBefore = 0 }) => failedBefore > 0).map(({ name }) => name);
  const stride = flaky.length > 0 ? `; ${listWords(flaky)} failed on an attempt before` : '';
  const off =
    seen.workflow?.disabled === true
      ? '; it is switched off by now, and will not run on the next commit'
      : '';
  return {
    commit,
    verdict: 'pass',
    outcome: ['passed', ...(repeated ? ['again'] : [])],
    run,
    repeated,
    lead: `${shown(run.number, 20)} passed${attempt}`,
    clause: `${subject} passed${attempt} on ${short(commit)}${took}, ${jobsWords(run, bound.jobs)}${stride}${flake}${off}`,
    toGreen: [],
  };
}

/** In whole seconds, as vendors tell. */
function lateness(run: CiRun, withinMs: number | null): readonly Doubt[] {
  if (withinMs === null) return [];
  const limit = tookWords(withinMs);
  if (run.tookMs === null) {
    const clause = `how long it took was not told, allowed are ${limit}`;
    return [{ verdict: 'unknown', key: 'duration-unknown', clause, way: 'Run it again.' }];
  }
  if (Math.trunc(run.tookMs / 1000) <= withinMs / 1000) return [];
  const clause = `it took ${tookWords(run.tookMs)}, allowed are ${limit}`;
  return [{ verdict: 'fail', key: 'too-long', clause, way: `Make it end within ${limit}.` }];
}

function listRuns(runs: readonly CiRun[]): string {
  const [first] = runs;
  const more = runs.length > 1 ? ` and ${runs.length - 1} more` : '';
  return `${shown(first?.number ?? '', 20)}${more}`;
}

function jobsWords(run: CiRun, wanted: readonly string[] | null): string {
  const jobs = run.jobs ?? [];
  const counted =
    wanted === null ? jobs : jobs.filter(({ name }) => wanted.some((one) => isJobOf(one, name)));
  const all = counted.length === 1 ? 'its job' : `${wanted === null ? 'all ' : ''}${counted.length} jobs`;
  return wanted === null ? `${all} successful` : `with ${listWords(wanted)} successful (${all})`;
}
