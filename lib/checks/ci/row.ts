import type { CheckSource } from '#lib/domain/check-kind.ts';
import type { Json } from '#lib/domain/json.ts';
import type { Judgement, Picture } from '#lib/domain/judgement.ts';
import type { CiJob, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { count } from '../metrics/words.ts';
import type { Grade, RunBound } from './run-grade.ts';
import { capital, short } from './words.ts';

/** Runs that evidence lists; a commit with more shows its newest. */
const mostRuns = 40;

/** Folds what the commits come to: the candidate's first, then as many before it as are wanted in a row. */
export function judgeRow(
  seen: CiRunsSeen,
  grades: readonly Grade[],
  bound: RunBound,
  source: CheckSource | null,
): Judgement {
  const row = grades.slice(0, bound.inARow);
  const broken = row.findIndex(({ verdict }) => verdict !== 'pass');
  const green = broken < 0 ? row.length : broken;
  const failing = row.filter(({ verdict }) => verdict === 'fail');
  const open = row.filter(({ verdict }) => verdict === 'unknown');
  const isShort = row.length < bound.inARow;
  const verdict = failing.length > 0 ? 'fail' : open.length > 0 || isShort ? 'unknown' : 'pass';
  const holes = [...failing, ...open];
  const first = holes[0] ?? row[0];
  const told = (holes.length > 0 ? holes : row.slice(0, 1)).slice(0, 3).map(({ clause }) => clause);
  const more = holes.length > 3 ? `; and ${holes.length - 3} more commits are not green` : '';
  const lacking = isShort ? [`up to ${short(seen.commit)} there ${are(row.length)} only`] : [];
  const one = bound.inARow === 1;
  const share = `${green} of ${bound.inARow} commits`;
  const flakes = row.slice(1).filter(({ repeated }) => repeated).length;
  const again =
    verdict === 'pass' && flakes > 0
      ? `; ${count(flakes, 'commit')} before it passed only when run again`
      : '';
  return {
    verdict,
    quiet: false,
    fact: one
      ? { lead: `${first?.lead ?? ''}${verdict === 'pass' ? '' : '.'}`, rest: `on ${short(seen.commit)}` }
      : {
          lead: `${share}.`,
          rest: [
            ...(holes.length > 0 || !isShort
              ? [`${first?.lead ?? ''} on ${short(first?.commit ?? seen.commit)}`]
              : []),
            ...lacking,
          ].join('; '),
        },
    sentence: one
      ? `${capital(told.join('; '))}${more}.`
      : `${share} up to ${short(seen.commit)} ${green === 1 ? 'is' : 'are'} green in a row${isShort ? `, and ${lacking.join('')}` : ''}: ${told.join('; ')}${more}${again}.`,
    toGreen: [
      ...new Set([
        ...holes.flatMap(({ toGreen }) => toGreen),
        ...(isShort && holes.length === 0 ? ['Let more commits pass, or ask for fewer in a row.'] : []),
      ]),
    ].slice(0, 10),
    deciding: {
      wanted: bound.inARow,
      commits: row.map(({ commit, outcome }) => ({ commit, outcome })),
    },
    readings: readingsOf(seen, grades),
    picture: {
      kind: 'runs',
      cells: grades
        .map((grade, at) => ({ commit: short(grade.commit), state: stateOf(grade, at < bound.inARow) }))
        .reverse(),
    },
    again: againOf(first?.run?.href ?? row[0]?.run?.href ?? seen.workflow?.href ?? source?.address ?? null),
  };
}

function are(commits: number): string {
  return commits === 1 ? 'is 1 commit' : `are ${commits} commits`;
}

type Cell = Extract<Picture, { kind: 'runs' }>['cells'][number]['state'];

/** As judged where it counts in the row; further back as the vendor reports it, whose jobs need not have been read. */
function stateOf({ run, verdict, repeated }: Grade, counts: boolean): Cell {
  if (run === null) return 'none';
  if (run.phase !== 'finished') return 'running';
  const isGreen = counts ? verdict === 'pass' : run.conclusion === 'success';
  if (isGreen) return repeated ? 'repeated' : 'passed';
  return verdict === 'fail' ? 'failed' : 'untested';
}

function readingsOf(seen: CiRunsSeen, grades: readonly Grade[]): Judgement['readings'] {
  const runs = seen.commits.flatMap(({ commit, subject, runs: all }, at) =>
    all.map(
      (run): Json => ({
        commit,
        subject,
        counts: run === grades[at]?.run,
        number: run.number,
        attempt: run.attempt,
        event: run.event,
        branch: run.branch,
        ...endOf(run),
        startedAt: run.startedAt,
      }),
    ),
  );
  return {
    branch: grades[0]?.run?.branch ?? null,
    runs: runs.slice(0, mostRuns),
    jobs: (grades[0]?.run?.jobs ?? []).map((job) => ({
      name: job.name,
      mayFail: job.mayFail,
      ...endOf(job),
    })),
  };
}

function endOf({ phase, conclusion, tookMs, href }: CiRun | CiJob) {
  return { outcome: phase === 'finished' ? (conclusion ?? 'unknown') : phase, tookMs, href };
}

/** The vendor's page, where anyone can look again. */
function againOf(href: string | null): Judgement['again'] {
  if (href === null) return null;
  return { language: 'url', text: href, fault: null, href: /^https?:\/\//i.test(href) ? href : null };
}
