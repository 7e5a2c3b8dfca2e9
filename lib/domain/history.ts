import type { Problem } from './problem.ts';

/** Every version of a checklist in a repository, and the burn-up that it would have had. */
export interface ChecklistHistory {
  readonly path: string;
  readonly ref: string;
  /** What `done` and `total` count: boxes, or in a list without a single box its marks. */
  readonly counted: 'boxes' | 'marks';
  /** Oldest first. */
  readonly points: readonly HistoryPoint[];
  /** Versions that could not be read, each with the reason. */
  readonly unread: readonly { readonly commit: string; readonly at: string; readonly why: string }[];
  /** Why older versions may be missing; null when all there are were read. */
  readonly incomplete: string | null;
}

/** The checklist as one commit left it, and what that commit did to it. */
export interface HistoryPoint {
  readonly commit: string;
  /** The committer's instant, ISO 8601 UTC. */
  readonly at: string;
  readonly subject: string;
  /** Where it stood then. */
  readonly path: string;
  readonly done: number;
  readonly total: number;
  readonly open: number;
  readonly added: number;
  readonly removed: number;
  readonly reworded: number;
  readonly moved: number;
  readonly ticked: number;
  /** Ticked in the version before, and no more. */
  readonly unticked: number;
}

/** What a reading of a history says, one after the other: how far it is, then what it came to. */
export type HistoryMessage =
  | { readonly kind: 'progress'; readonly read: number; readonly of: number }
  | { readonly kind: 'history'; readonly history: ChecklistHistory }
  | { readonly kind: 'problem'; readonly problem: Problem };
