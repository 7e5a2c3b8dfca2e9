import type { CiCommit, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { count, listWords, shown } from '../metrics/words.ts';
import { eventCounts } from './events.ts';
import type { Grade, RunBound } from './run-grade.ts';
import { short, workflowWords } from './words.ts';

/** Why no run on a commit counts. */
interface Why {
  readonly key: string;
  readonly lead: string;
  readonly clause: string;
  /** What to do about it, before “on 2c9e4d1”. */
  readonly way: string;
}

/**
 * A commit on which nothing ran that counts. Never a fail: a gate that is not there, or switched off, has said nothing
 * against the commit.
 */
export function neverRan(
  seen: CiRunsSeen,
  at: number,
  { commit, runs }: Pick<CiCommit, 'commit' | 'runs'>,
  bound: RunBound,
): Grade {
  const { key, lead, clause, way } = whyNoRun(seen, at, { commit, runs }, bound);
  return {
    commit,
    verdict: 'unknown',
    outcome: [key],
    run: null,
    repeated: false,
    lead,
    clause: `${clause}${at === 0 ? elsewhere(seen, bound) : ''}`,
    toGreen: [`${way} on ${short(commit)}.`],
  };
}

function whyNoRun(
  seen: CiRunsSeen,
  at: number,
  { commit, runs }: Pick<CiCommit, 'commit' | 'runs'>,
  bound: RunBound,
): Why {
  const name = workflowWords(seen, bound.workflow);
  const on = short(commit);
  const [other] = runs;
  if (other) {
    const events = listWords([...new Set(runs.map(({ event }) => event))]);
    return {
      key: 'other-event',
      lead: `Ran for ${shown(other.event)} only`,
      clause: `${name} ran on ${on} only for ${events} (${shown(other.number, 20)}), which does not test this commit by itself`,
      way: 'Run it by hand or by a push',
    };
  }
  if (seen.workflow === null && seen.file === null)
    return {
      key: 'no-workflow',
      lead: 'No such workflow',
      clause: `the vendor knows no workflow “${shown(bound.workflow ?? '')}”, and nothing of it ran on ${on}`,
      way: 'Add it, or name it in the spec as its file is named, and run it',
    };
  if (seen.workflow?.disabled === true)
    return {
      key: 'switched-off',
      lead: 'Switched off',
      clause: `${name} is switched off and never ran on ${on}`,
      way: 'Switch it on, and run it',
    };
  return {
    key: 'never-ran',
    lead: 'Never ran',
    clause: `${name} never ran on ${on}${at === 0 ? whyNot(seen) : ''}`,
    way: 'Run it',
  };
}

/** What its file says of why nothing runs. */
function whyNot({ file }: CiRunsSeen): string {
  if (file === null || file.fault !== null) return '';
  if (file.pathFilters.push) return ' (its file lets it run only where certain paths change)';
  const none = file.events.length > 0 && !file.events.includes('push');
  return none ? ` (its file lets it run for ${listWords(file.events)} only)` : '';
}

/** Where it did pass, which shows nothing of the candidate and is what people ask next. */
function elsewhere(seen: CiRunsSeen, bound: RunBound): string {
  for (const [at, { commit, runs }] of seen.commits.entries()) {
    const passed = runs.find(
      ({ event, conclusion }) => eventCounts(event, bound.events) && conclusion === 'success',
    );
    if (at > 0 && passed)
      return `; it passed ${count(at, 'commit')} before it, on ${short(commit)} (${shown(passed.number, 20)}), and not on this`;
  }
  if (seen.elsewhere === null) return '';
  const { commit, run } = seen.elsewhere;
  const branch = run.branch === null ? 'another branch' : `the branch ${shown(run.branch)}`;
  return `; it passed on ${short(commit)} of ${branch} (${shown(run.number, 20)}), and not on this`;
}
