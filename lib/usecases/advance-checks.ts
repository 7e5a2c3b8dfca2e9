import { type Standing, standingKey } from '#lib/domain/standing.ts';
import { advance, type StandingChange } from '#lib/evidence/standing.ts';
import type { JudgedCheck } from './judge-check.ts';

/** A judged check with how it stands after it, and what that changed. */
export interface AdvancedCheck extends JudgedCheck {
  readonly key: string;
  readonly before: Standing | null;
  readonly standing: Standing;
  readonly changes: readonly StandingChange[];
}

/** What reads no source is judged from what stands, at every fold: it cannot grow old by itself. */
const never = Number.MAX_SAFE_INTEGER;

/**
 * Takes a check one observation further. Pure.
 *
 * @param unseenSince for a check over other items: since when nobody had looked at those, if so.
 */
export function advanceCheck(
  judgedCheck: JudgedCheck,
  standings: ReadonlyMap<string, Standing>,
  unseenSince: string | null = null,
): AdvancedCheck {
  const { planned, judged, digest } = judgedCheck;
  const key = standingKey(planned.item.id, planned.check.id);
  const before = standings.get(key) ?? null;
  const derived = planned.source === null;
  const { standing, changes } = advance(before, judged, {
    ruleVersion: planned.kind.ruleVersion,
    evidenceDigest: digest,
    maxAgeMs: derived ? never : planned.check.maxAgeMs,
    // Other items have confirmed what they say; a second count would only delay it.
    confirm: derived ? { kind: 'observations', count: 1 } : planned.check.confirm,
    unseenSince,
  });
  return { ...judgedCheck, key, before, standing, changes };
}
