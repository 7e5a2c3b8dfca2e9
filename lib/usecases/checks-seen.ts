import type { Observation } from '#lib/domain/question.ts';
import { standingKey } from '#lib/domain/standing.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import { standingAt } from '#lib/evidence/standing-now.ts';
import type { Reader } from '#lib/server/database.ts';
import type { PlannedCheck } from './plan.ts';
import type { LaunchNow } from './view-board.ts';

/** What a check says now. */
export interface CheckSays {
  readonly verdict: Verdict;
  readonly sentence: string;
  /** Where its source is silent: since when. */
  readonly silentSince: string | null;
}

/** A check with what it says now, and the observations of its newest evidence that could be judged. */
export interface CheckSeen extends CheckSays {
  readonly planned: PlannedCheck;
  readonly observations: readonly Observation[];
}

/** All checks of one kind, in the spec's order, from what is stored: no source is asked. */
export async function checksSeen(
  db: Reader,
  now: LaunchNow,
  kind: string,
  nowMs: number,
): Promise<readonly CheckSeen[]> {
  const planned = now.planned.filter(({ check }) => check.kind === kind);
  const keys = planned.map(({ launch, item, check }) => ({
    launch: launch.head.id,
    item: item.id,
    check: check.id,
  }));
  const seen = await readObservations(db, keys);
  return planned.map((one) => ({
    planned: one,
    observations: seen.get(standingKey(one.item.id, one.check.id)) ?? [],
    ...checkSays(one, now, nowMs),
  }));
}

/** What a check comes to at an instant; one that was never looked at is unknown. */
export function checkSays({ item, check }: PlannedCheck, { standings }: LaunchNow, nowMs: number): CheckSays {
  const standing = standings.get(standingKey(item.id, check.id));
  if (!standing) return { verdict: 'unknown', sentence: 'Not looked at yet.', silentSince: null };
  const { verdict, sentence } = standingAt(standing, nowMs);
  return { verdict, sentence, silentSince: standing.silentSince };
}
