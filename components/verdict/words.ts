import type { ItemState, Verdict } from '#lib/domain/verdict.ts';

/** What has a shape. */
export type ShapeName = ItemState | Verdict | 'wait';

const words: Readonly<Record<ItemState | Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  unknown: 'Unknown',
  stale: 'Stale',
  claimed: 'Claimed',
  held: 'Held',
  unsigned: 'Unsigned',
  waived: 'Waived',
  ready: 'Ready',
  'not-applicable': 'N/A',
};

/** The word that goes with a shape. A check passes; an item is ready. */
export function wordOf(state: ItemState | Verdict): string {
  return words[state];
}

/** The word within a sentence: "2 fail, 1 not applicable". */
export function wordInSentence(state: ItemState | Verdict): string {
  return state === 'not-applicable' ? 'not applicable' : words[state].toLowerCase();
}
