import type { CheckKey } from '#lib/evidence/store.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import type { MovedCheck } from './moved-checks.ts';
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

/** Those of them that are not read elsewhere too: what is, says so, in place of being forgotten. Pure. */
export function withoutMoved(changed: readonly CheckKey[], moved: readonly MovedCheck[]): CheckKey[] {
  const elsewhere = new Set(moved.map(({ planned }) => keyText(planned)));
  return changed.filter(({ item, check }) => !elsewhere.has(`${item}/${check}`));
}

function keyText({ item, check }: PlannedCheck): string {
  return `${item.id}/${check.id}`;
}

/** What a source is called, how often it is asked and how long it may take make nothing untrue that it said. */
function ruleText({ kind, bound, source, check }: PlannedCheck): string {
  const read = source && [source.id, source.kind, source.address, source.network, source.buildInfo];
  return JSON.stringify([kind.meta.id, bound, read, check.network, check.maxAgeMs, check.confirm]);
}
