import { z } from 'zod';

/** What a check comes to. The order is from worst to best, as an item folds it. */
export const verdictSchema = z.enum(['fail', 'unknown', 'stale', 'claimed', 'pass', 'not-applicable']);
export type Verdict = z.infer<typeof verdictSchema>;

/** What an item comes to: the worst verdict of its checks, then what people owe or said. */
export const itemStateSchema = z.enum([
  'fail',
  'unknown',
  'stale',
  'claimed',
  'held',
  'unsigned',
  'waived',
  'ready',
  'not-applicable',
]);
export type ItemState = z.infer<typeof itemStateSchema>;

/** What a launch comes to, computed. Only people say go, hold, no-go or slip. */
export type ReadinessKind = 'not-ready' | 'cannot-tell' | 'ready-for-review';

export const levelSchema = z.enum(['blocker', 'recommended', 'optional']);
export type Level = z.infer<typeof levelSchema>;

const severity: Readonly<Record<Verdict, number>> = {
  fail: 0,
  unknown: 1,
  stale: 2,
  claimed: 3,
  pass: 4,
  'not-applicable': 5,
};

/** The worst of some verdicts, or null when there are none (which is unknown, never ready). */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict | null {
  let worst: Verdict | null = null;
  for (const verdict of verdicts) {
    if (worst === null || severity[verdict] < severity[worst]) worst = verdict;
  }
  return worst;
}

/** States in which an item no longer holds the launch back. */
export function isSettled(state: ItemState): boolean {
  return state === 'ready' || state === 'waived' || state === 'not-applicable';
}
