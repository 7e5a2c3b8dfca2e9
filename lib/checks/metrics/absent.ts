import type { Absence, MetricSeen, TargetName } from '#lib/domain/observations/prometheus.ts';
import type { Declared } from './declaration.ts';
import { count, instantWords, shown, spanWords } from './words.ts';

/** What a metric without a live series comes to, as far as Prometheus can tell. */
export interface AbsentFinding {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** Enters the evidence digest: changes only with the fact. */
  readonly reason:
    | 'no-event-yet'
    | 'never'
    | 'gone'
    | 'target-down'
    | 'no-job'
    | 'not-scraped'
    | 'cannot-tell';
  /** A clause after the metric's name, without a stop; `short` is its first part. */
  readonly clause: string;
  readonly short: string;
  readonly toGreen: string | null;
}

interface Targets {
  readonly up: number;
  readonly down: number;
  readonly all: number;
  /** True when these are known to be the metric's own, and not just all there are. */
  readonly own: boolean;
  readonly firstDown: { readonly name: TargetName; readonly error: string } | null;
}

/** Judges a metric with no live series: why, and whether that is as declared. */
export function judgeAbsent(seen: MetricSeen, declared: Declared, absence: Absence): AbsentFinding {
  const targets = targetsOf(absence, declared);
  const listed = seen.types.length > 0;
  if (declared.absentUntilFirst) {
    const quiet = noEventYet(seen, declared, absence, targets);
    if (quiet !== null) return quiet;
  }
  const scraped = targets.up + targets.down > 0;
  if (absence.beforeFirstScrape || (targets.all > 0 && !scraped)) return notScraped(absence, targets);
  if (declared.job !== null && targets.all === 0) {
    const short = `is not emitted: Prometheus scrapes no job “${shown(declared.job)}”`;
    const toGreen = `Let Prometheus scrape a job named “${shown(declared.job)}”, or correct the job in the declaration.`;
    return { verdict: 'fail', reason: 'no-job', clause: short, short, toGreen };
  }
  if (targets.all > 0 && targets.down === targets.all) return targetDown(absence, targets);
  if (absence.lastSeenAt !== null) return gone(seen, declared, absence.lastSeenAt, targets, listed);
  if (absence.searchedMs === null) {
    const short = 'has no live series, and whether it ever had one could not be searched';
    const toGreen = `Emit ${declared.name} from the node; the search is repeated with each look.`;
    return { verdict: 'fail', reason: 'never', clause: short, short, toGreen };
  }
  const short = `was never seen in ${spanWords(absence.searchedMs)}`;
  const toGreen = listed
    ? `${declared.name} is known to its target and has no series yet: let it be set once, or declare \`absentUntilFirst\`.`
    : `Emit ${declared.name} from the node, or correct its name in the spec.`;
  const clause = `${short}; ${targetWords(targets)}${listed ? ', and its metadata lists it' : ''}`;
  return { verdict: 'fail', reason: 'never', clause, short, toGreen };
}

/** A Prometheus that has scraped nothing yet, as after its start, knows nothing of now: that is no fail of the node. */
function notScraped({ lastSeenAt }: Absence, { all, own }: Targets): AbsentFinding {
  const whose =
    all === 0 ? 'any target' : own && all === 1 ? 'its target' : own ? 'its targets' : 'any target';
  const short = `cannot be told: Prometheus has not scraped ${whose} since it started`;
  const seen = lastSeenAt === null ? '' : `; last seen at ${instantWords(lastSeenAt)}`;
  return {
    verdict: 'unknown',
    reason: 'not-scraped',
    clause: `${short}${seen}`,
    short,
    toGreen: 'Wait for the first scrape; it is looked at again by itself.',
  };
}

/** The job's targets if one is declared, else those it was last seen on, else all there are. */
function targetsOf(absence: Absence, declared: Declared): Targets {
  const down = absence.targets.find(({ health }) => health === 'down');
  const firstDown = down ? { name: down, error: down.lastError } : null;
  const stood = absence.targets.filter((target) =>
    absence.lastSeenOn.some(({ job, instance }) => job === target.job && instance === target.instance),
  );
  if (declared.job === null && stood.length > 0) {
    const ill = stood.find(({ health }) => health === 'down');
    return {
      up: stood.filter(({ health }) => health === 'up').length,
      down: stood.filter(({ health }) => health === 'down').length,
      all: stood.length,
      own: true,
      firstDown: ill ? { name: ill, error: ill.lastError } : null,
    };
  }
  const sum = { up: 0, down: 0, all: 0 };
  for (const job of absence.jobs) {
    sum.up += job.up;
    sum.down += job.down;
    sum.all += job.up + job.down + job.unknown;
  }
  return { ...sum, own: declared.job !== null || sum.all === 1, firstDown };
}

function targetWords({ up, down, all, own }: Targets): string {
  if (all === 0) return 'Prometheus scrapes no target';
  if (own && all === 1) return up === 1 ? 'its target is up' : 'its target was not scraped yet';
  const whose = own ? 'its ' : '';
  if (up === all) return own ? `its ${count(all, 'target')} are up` : `all ${count(all, 'target')} are up`;
  return `${down} of ${whose}${count(all, 'target')} ${down === 1 ? 'is' : 'are'} down`;
}

function targetDown(absence: Absence, targets: Targets): AbsentFinding {
  const { firstDown, all } = targets;
  const error = firstDown?.error ? `: ${shown(firstDown.error, 200).replace(/\.$/, '')}` : '';
  const name = firstDown ? `${shown(firstDown.name.instance)} (job ${shown(firstDown.name.job)})` : '';
  const short =
    all === 1 || targets.own === false
      ? `is not emitted now: ${all === 1 ? 'its target' : `all ${all} targets are down, first`} ${name}${all === 1 ? ' is down' : ''}`
      : `is not emitted now: its ${all} targets are down, first ${name}`;
  const since = absence.lastSeenAt === null ? '' : `; last seen at ${instantWords(absence.lastSeenAt)}`;
  return {
    verdict: 'fail',
    reason: 'target-down',
    clause: `${short}${error}${since}`,
    short,
    toGreen: `Bring ${name || 'its target'} back, so that Prometheus can scrape it.`,
  };
}

function gone(
  seen: MetricSeen,
  declared: Declared,
  lastSeenAt: string,
  targets: Targets,
  listed: boolean,
): AbsentFinding {
  const at = instantWords(lastSeenAt);
  const old = seen.staleSeries > 0 || (seen.goneSeries === 0 && listed && targets.up > 0);
  const short = old ? `has had no fresh sample since ${at}` : `was last seen at ${at} and is gone`;
  const clause = old
    ? `${short}, and may be ${spanWords(declared.freshWithinMs)} old`
    : `${short}; ${targetWords(targets)}`;
  const toGreen = old
    ? `Let ${declared.name} be written again: what is scraped has an old timestamp, or its series ended.`
    : `Find out why the node stopped emitting ${declared.name}: a release without it, a part switched off, a new name.`;
  return { verdict: 'fail', reason: 'gone', clause, short, toGreen };
}

/** A counter before its first event; null when the evidence for that is missing, so that it is judged as absent. */
function noEventYet(
  seen: MetricSeen,
  declared: Declared,
  absence: Absence,
  targets: Targets,
): AbsentFinding | null {
  const listed =
    seen.types.length > 0 && (declared.type === null || seen.types.every((type) => type === declared.type));
  const stoodAt = seen.types.length > 0 && !listed ? null : absence.lastSeenAt;
  const unknown = (short: string, toGreen: string): AbsentFinding => ({
    verdict: 'unknown',
    reason: 'cannot-tell',
    clause: short,
    short,
    toGreen,
  });
  if (!listed && stoodAt === null) {
    if (absence.searchedMs !== null || seen.types.length > 0) return null;
    return unknown(
      'has no live series, and whether it had one before could not be searched',
      'Let Prometheus answer the search over its retention: see its log and query limits.',
    );
  }
  if (targets.up === 0) return null;
  if (!targets.own && targets.down > 0) {
    return unknown(
      `is declared, no event yet, but which target would emit it cannot be told: ${targetWords(targets)}`,
      `Name the job of ${declared.name} in its declaration, or bring all targets back.`,
    );
  }
  const why = listed
    ? `${targetWords(targets)} and its metadata lists it${declared.type === null ? '' : ` as ${declared.type}`}`
    : `${targetWords(targets)}, and a series stood until ${instantWords(stoodAt ?? '')}`;
  const short = 'is declared, no event yet';
  return { verdict: 'pass', reason: 'no-event-yet', clause: `${short}: ${why}`, short, toGreen: null };
}
