import type { CheckKey } from '#lib/evidence/store.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/**
 * Checks that are gone, or are no longer the same: what stood under the old rule, or was read elsewhere, does not
 * stand now. A check is its kind, its parameters with what they name in the spec, its own source, and how it ages and
 * is confirmed; what else the spec says may change around it. Pure.
 */
export function changedChecks(before: LaunchInForce, after: LaunchInForce): CheckKey[] {
  const told = new Map(planLaunch(after).map((planned) => [keyText(planned), ruleText(planned)]));
  return planLaunch(before)
    .filter((planned) => told.get(keyText(planned)) !== ruleText(planned))
    .map(({ item, check }) => ({ launch: before.head.id, item: item.id, check: check.id }));
}

function keyText({ item, check }: PlannedCheck): string {
  return `${item.id}/${check.id}`;
}

function ruleText({ kind, bound, source, check }: PlannedCheck): string {
  return JSON.stringify([kind.meta.id, bound, source, check.network, check.maxAgeMs, check.confirm]);
}
