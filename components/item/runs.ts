import type { Json, JsonObject } from '#lib/domain/json.ts';

/** A run, as a `ci-run` check found it, or one of its jobs. */
export interface RunReading {
  readonly commit: string;
  readonly subject: string;
  /** Whether it is the run that its commit is judged by. */
  readonly counts: boolean;
  readonly number: string;
  readonly attempt: number;
  readonly event: string;
  readonly branch: string;
  /** The vendor's end of it, or where it is: `success`, `timed-out`, `running`. */
  readonly outcome: string;
  readonly startedAt: string | null;
  readonly tookMs: number | null;
  readonly href: string | null;
}

export interface JobReading extends Pick<RunReading, 'outcome' | 'tookMs' | 'href'> {
  readonly name: string;
  readonly mayFail: boolean;
}

/** Reads the runs of a `ci-run` check, newest first; empty when the readings hold none. */
export function runReadings({ runs }: JsonObject): readonly RunReading[] {
  return objects(runs).map((run) => ({
    commit: text(run.commit),
    subject: text(run.subject),
    counts: run.counts === true,
    number: text(run.number),
    attempt: typeof run.attempt === 'number' ? run.attempt : 1,
    event: text(run.event),
    branch: text(run.branch),
    startedAt: typeof run.startedAt === 'string' ? run.startedAt : null,
    ...endOf(run),
  }));
}

/** Reads the jobs of the run that the candidate is judged by. */
export function jobReadings({ jobs }: JsonObject): readonly JobReading[] {
  return objects(jobs).map((job) => ({
    name: text(job.name),
    mayFail: job.mayFail === true,
    ...endOf(job),
  }));
}

function endOf({ outcome, tookMs, href }: JsonObject): Pick<RunReading, 'outcome' | 'tookMs' | 'href'> {
  return {
    outcome: text(outcome),
    tookMs: typeof tookMs === 'number' ? tookMs : null,
    href: typeof href === 'string' ? href : null,
  };
}

function objects(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
