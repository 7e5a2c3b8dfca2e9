import type { ItemState, Verdict } from '#lib/domain/verdict.ts';

/*
 * The orders that screens need, as plain values: the domain's own module brings a schema library with it, which is a
 * sixth of what a page may weigh.
 */

/** All states, worst first, in the order of their keys 1 to 9. */
export const stateOrder = [
  'fail',
  'unknown',
  'stale',
  'claimed',
  'held',
  'unsigned',
  'waived',
  'ready',
  'not-applicable',
] as const satisfies readonly ItemState[];

/** All verdicts, worst first. */
export const verdictOrder = [
  'fail',
  'unknown',
  'stale',
  'claimed',
  'pass',
  'not-applicable',
] as const satisfies readonly Verdict[];

/** True for a text that names a state. */
export function isState(text: string | null): text is ItemState {
  return stateOrder.some((state) => state === text);
}

/** Rows that need nothing more stand below the open ones. */
export function needsNothing(state: ItemState): boolean {
  return state === 'ready' || state === 'waived' || state === 'not-applicable';
}
