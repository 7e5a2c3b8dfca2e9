import type { SourceKind } from './spec.ts';
import type { Verdict } from './verdict.ts';
import type { ScreenView } from './view.ts';

/** The CI screen: each workflow that an item rests on, its newest commits, runs and strides. */
export interface CiView extends ScreenView {
  readonly gates: readonly CiGate[];
}

/** One check of the kind `ci-run`, as a grid. */
export interface CiGate {
  readonly item: { readonly id: string; readonly title: string };
  readonly check: string;
  readonly source: { readonly title: string; readonly kind: SourceKind };
  readonly workflow: string;
  readonly href: string | null;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly silentSince: string | null;
  /** What the check of the kind `ci-required` on the same source says; null where the launch has none. */
  readonly required: { readonly verdict: Verdict; readonly sentence: string } | null;
  /** The candidate's commit first. */
  readonly commits: readonly CiCommitColumn[];
  /** The strides in the order of the newest run that has jobs; last the run as a whole. */
  readonly strides: readonly CiStride[];
}

export interface CiCommitColumn {
  readonly commit: string;
  readonly subject: string;
  readonly isCandidate: boolean;
  /** How its newest run ended. */
  readonly newest: CiCell;
  /** Newest first; one without an id where none ran. */
  readonly runs: readonly CiRunColumn[];
}

export interface CiRunColumn {
  readonly id: string | null;
  readonly number: string;
  readonly attempt: number;
  readonly event: string;
  readonly href: string | null;
}

/** `flaky`: failed on an attempt and passed on a later one. `may-fail`: it passed, or did not, and the run would have succeeded anyway. */
export type CiCell =
  | 'passed'
  | 'flaky'
  | 'failed'
  | 'skipped'
  | 'under-way'
  | 'stopped'
  | 'may-fail'
  | 'not-run';

export interface CiStride {
  readonly name: string;
  readonly isWhole: boolean;
  /** One for each run, in the order of the columns. */
  readonly cells: readonly CiCell[];
  /** How long each took, in milliseconds, in the order of the columns. */
  readonly tookMs: readonly (number | null)[];
  /** From the spec's gate; null where it says nothing of a stride of this name. */
  readonly limitMs: number | null;
}
