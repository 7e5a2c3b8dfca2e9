import type { Judgement } from '#lib/domain/judgement.ts';
import type { CheckSpec, ItemSpec } from '#lib/domain/spec.ts';
import type { Standing, StandingNow } from '#lib/domain/standing.ts';
import type { ItemState } from '#lib/domain/verdict.ts';

/** A check as the board sees it at an instant. */
export interface CheckNow {
  readonly check: CheckSpec;
  /** Null before it was first looked at. */
  readonly standing: Standing | null;
  readonly now: StandingNow;
  /** What the fact and the picture are drawn from; null when there is nothing to draw. */
  readonly judgement: Judgement | null;
  readonly observedAt: string | null;
}

/** The states of all items, and how each check came to its part of them. */
export interface FoldedItems {
  readonly states: ReadonlyMap<string, ItemState>;
  readonly checks: ReadonlyMap<string, readonly CheckNow[]>;
}

/** Judges a check that reads no source (other items, a statement) from the states folded so far. */
export type JudgeDerived = (
  item: ItemSpec,
  check: CheckSpec,
  states: ReadonlyMap<string, ItemState>,
) => Judgement | null;
