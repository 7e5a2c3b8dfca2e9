import type { CiRun } from '#lib/domain/observations/ci.ts';

/** A `ci-run` check's parameters with defaults filled in. */
export type RunBound = {
  readonly workflow: string | null;
  readonly jobs: readonly string[] | null;
  readonly inARow: number;
  readonly withinMs: number | null;
  readonly events: readonly string[] | null;
};

/** What one commit comes to. */
export interface Grade {
  readonly commit: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** How it came to that, in words that a poll does not change: enters the deciding fields. */
  readonly outcome: readonly string[];
  /** The run that counts: the newest on this commit for an event that counts. */
  readonly run: CiRun | null;
  /** Whether it passed only when it was run again. */
  readonly repeated: boolean;
  /** The row's fact, in a few words. */
  readonly lead: string;
  /** A sentence without its first capital and its end. */
  readonly clause: string;
  readonly toGreen: readonly string[];
}
