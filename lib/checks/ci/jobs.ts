import type { CiFile, CiJob, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { listWords } from '../metrics/words.ts';
import { ended } from './words.ts';

/** Why a run that reports success does not show that what was asked for passed. */
export interface Doubt {
  readonly verdict: 'fail' | 'unknown';
  /** After “reports success, but ”. */
  readonly clause: string;
  readonly way: string;
  /** Enters the deciding fields. */
  readonly key: string;
}

/** As many jobs of a run as a source reads; a name that is not among so many may stand behind them. */
const mostJobs = 200;

/** What vendors write behind a job's name for each of a matrix or of parallel ones: ` (a, b)`, `: [a, b]`, ` 1/3`. */
const ofMany = /^(?: \(.*\)|: \[.*\]| \d+\/\d+)?$/s;

/** Whether a job is the named one, or one of the many that a matrix made of it. */
export function isJobOf(wanted: string, name: string): boolean {
  return name.startsWith(wanted) && ofMany.test(name.slice(wanted.length));
}

/** Jobs of a run that failed and were not allowed to. */
export function failedJobs(run: CiRun): readonly string[] {
  return (run.jobs ?? [])
    .filter(({ conclusion, mayFail }) => !mayFail && hasFailed(conclusion))
    .map(({ name }) => name);
}

function hasFailed(conclusion: CiJob['conclusion']): boolean {
  return conclusion !== null && conclusion !== 'success' && ended[conclusion].verdict === 'fail';
}

/**
 * What stands against a run that reports success. Without names, all of its jobs count: which of them may be left out
 * cannot be told, so one that was skipped or may fail leaves it open until the spec names those that count. GitLab does
 * not skip a job by its paths: the pipeline is made without it, as the file's `byPaths` tells.
 */
export function jobDoubts(
  run: CiRun,
  wanted: readonly string[] | null,
  byPaths: readonly string[] = [],
): readonly Doubt[] {
  const { jobs } = run;
  if (jobs === null)
    return [doubt('unread', 'its jobs were not told', 'Check again, with a token that may read jobs.')];
  if (jobs.length === 0) return [doubt('none', 'it had no job', 'Let it run at least one job.')];
  if (jobs.every(({ conclusion }) => conclusion === 'skipped')) {
    const all = jobs.length === 1 ? 'its only job was' : `all of its ${jobs.length} jobs were`;
    return [doubt('all-skipped', `${all} skipped: nothing was tested`, 'Run it by hand on this commit.')];
  }
  const counted =
    wanted === null ? jobs : jobs.filter(({ name }) => wanted.some((one) => isJobOf(one, name)));
  const missing = (wanted ?? []).filter((one) => !jobs.some(({ name }) => isJobOf(one, name)));
  const leftOut = missing.filter((one) => byPaths.includes(one));
  return [
    ...badJobs(counted, wanted === null),
    ...leftOutJobs(leftOut),
    ...missingJobs(
      missing.filter((one) => !leftOut.includes(one)),
      jobs,
    ),
  ];
}

function leftOutJobs(names: readonly string[]): readonly Doubt[] {
  return group(names, (them, was) =>
    doubt(
      'left-out',
      `${them} ${was} left out of it, since no path of ${was === 'was' ? 'its' : 'theirs'} changed: not tested`,
      `Run a pipeline on this commit in which ${them} ${was === 'was' ? 'is' : 'are'}, or take \`changes\` from ${was === 'was' ? 'its' : 'their'} rules.`,
    ),
  );
}

function missingJobs(missing: readonly string[], jobs: readonly CiJob[]): readonly Doubt[] {
  if (missing.length === 0) return [];
  const names = listWords(missing);
  if (jobs.length >= mostJobs) {
    const clause = `its first ${jobs.length} jobs hold no ${names}`;
    return [doubt('missing', clause, 'Let a workflow of its own hold the jobs that count.')];
  }
  const there = listWords(jobs.map(({ name }) => name));
  return [
    doubt(
      'missing',
      `it has no job ${names}, only ${there}`,
      `Let it run ${names} on this commit, or name the jobs in the spec as they are named there.`,
    ),
  ];
}

/** Each way in which jobs did not succeed, with the jobs it is about. */
function badJobs(jobs: readonly CiJob[], isAll: boolean): readonly Doubt[] {
  const named = (keep: (job: CiJob) => boolean) => jobs.filter(keep).map(({ name }) => name);
  const failed = named(({ conclusion }) => hasFailed(conclusion));
  const skipped = named(({ conclusion }) => conclusion === 'skipped');
  const open = named(({ phase, conclusion }) => phase !== 'finished' || conclusion === null);
  const other = named(
    ({ conclusion }) =>
      conclusion !== null && !['success', 'skipped'].includes(conclusion) && !hasFailed(conclusion),
  );
  const lenient = named(({ conclusion, mayFail }) => mayFail && conclusion === 'success');
  const name = isAll ? ' Or name the jobs that count under `jobs`.' : '';
  return [
    ...group(failed, (them) => ({
      // Where no job is named, one that is allowed to fail may be meant to: the spec has to say.
      verdict: isAll ? ('unknown' as const) : ('fail' as const),
      key: 'failed',
      clause: `${them} failed`,
      way: `Put right what fails in ${them}, and do not allow it to fail.${name}`,
    })),
    ...group(skipped, (them, was) =>
      doubt('skipped', `${them} ${was} skipped: not tested`, `Let ${them} run on this commit.${name}`),
    ),
    ...group(open, (them, _, many) =>
      doubt('not-run', `${them} ${many ? 'have' : 'has'} not run`, `Let ${them} run to the end.${name}`),
    ),
    ...group(other, (them, was) =>
      doubt('no-result', `${them} ${was} without a result`, `Run ${them} again.${name}`),
    ),
    ...group(lenient, (them, was) =>
      doubt(
        'may-fail',
        `${them} ${was} allowed to fail, and it would report the same had ${was === 'was' ? 'it' : 'they'} failed`,
        `Take \`allow_failure\` from ${them}.${name}`,
      ),
    ),
  ];
}

function group(
  names: readonly string[],
  make: (them: string, was: 'was' | 'were', many: boolean) => Doubt,
): readonly Doubt[] {
  return names.length === 0
    ? []
    : [make(listWords(names), names.length === 1 ? 'was' : 'were', names.length > 1)];
}

/**
 * Jobs whose success the file of the workflow makes worthless: on GitHub a job or step with `continue-on-error`
 * reports success whatever came of it. GitLab tells by job, so its file is not needed.
 */
export function fileDoubts(seen: CiRunsSeen, run: CiRun, wanted: readonly string[] | null): readonly Doubt[] {
  if (seen.vendor === 'gitlab') return [];
  const { file } = seen;
  if (file === null || file.fault !== null) {
    const why = file?.fault ? ` (${file.fault.replace(/\.$/, '')})` : '';
    const clause = `its file could not be read at this commit${why}, so it cannot be told whether jobs may fail in it`;
    return [doubt('file-unread', clause, 'Let the token read the repository’s contents, and check again.')];
  }
  const unread = unreadCalls(file, run, wanted).map(({ job, name, uses }) => {
    const shown = listWords([name ?? job]);
    return doubt(
      `calls ${job}`,
      `${shown} cannot be shown to have passed: it calls ${uses}, which is not read, so that jobs may fail in it`,
      `Let ${shown} call a workflow of the same repository.${wanted === null ? ' Or name the jobs that count under `jobs`.' : ''}`,
    );
  });
  const forgiven = forgivenJobs(file, run, wanted).map(({ job, name, whole, steps }) => {
    const shown = listWords([name ?? job]);
    const where = whole ? 'its file lets it fail' : `${steps} of its steps may fail`;
    return doubt(
      `continue-on-error ${job}`,
      `${shown} cannot be shown to have passed: ${where} (\`continue-on-error\`)`,
      `Take \`continue-on-error\` from ${shown} in ${file.path}.${wanted === null ? ' Or name the jobs that count under `jobs`.' : ''}`,
    );
  });
  return [...forgiven, ...unread];
}

/** A called job's name without what a matrix made of its caller's: `caller (a) / called`. */
function withoutMatrix(name: string): string {
  return name.replace(/ \([^()]*\)(?= \/ )/g, '');
}

/** Of calls that are not read, those of jobs that count; one whose shown name cannot be told may be any of them. */
function unreadCalls(
  { unreadCalls: calls = [] }: CiFile,
  run: CiRun,
  wanted: readonly string[] | null,
): NonNullable<CiFile['unreadCalls']> {
  if (wanted === null) return calls;
  const names = (run.jobs ?? []).map(({ name }) => name);
  return calls.filter(({ job, name }) => {
    const told = name ?? job;
    if (wanted.some((one) => isCalledBy(told, one))) return true;
    return name === null && !names.some((shown) => isCalledBy(job, shown));
  });
}

/** Whether a job is one of the workflow that the named one calls: `caller / called`, `caller (a) / called`. */
function isCalledBy(caller: string, name: string): boolean {
  const rest = name.startsWith(caller) ? name.slice(caller.length) : '';
  return /^(?: \(.*\))? \/ /s.test(rest);
}

/** Of those that may fail, the ones that count; one whose shown name cannot be told may be any of them. */
function forgivenJobs(file: CiFile, run: CiRun, wanted: readonly string[] | null): CiFile['forgiving'] {
  if (wanted === null) return file.forgiving;
  const names = (run.jobs ?? []).map(({ name }) => withoutMatrix(name));
  return file.forgiving.filter(({ job, name }) => {
    const told = name ?? job;
    if (
      wanted.map(withoutMatrix).some((one) => isJobOf(one, told) || isJobOf(told, one) || isJobOf(one, job))
    )
      return true;
    return name === null && !names.some((shown) => isJobOf(job, shown));
  });
}

function doubt(key: string, clause: string, way: string): Doubt {
  return { verdict: 'unknown', key, clause, way };
}
