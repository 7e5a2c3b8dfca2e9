import type { KitFile } from '#lib/domain/kit-file.ts';
import { questionKey } from '#lib/domain/question.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { type HeldSeen, readHeld } from '#lib/evidence/observation-store.ts';
import type { House } from '#lib/server/house.ts';
import type { LaunchKit } from './launch-kit.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/** A place where a file runs, as a check last saw it. */
export interface RunningPlace {
  readonly check: PlannedCheck;
  /** Null when no check has seen it yet. */
  readonly seen: HeldSeen | null;
  /** Why what was seen says nothing of now; null where it is as good as new. */
  readonly unknown: string | null;
  /** When time alone makes it too old; null where it is already. */
  readonly staleAtMs: number | null;
}

/**
 * Where each file of a kit runs, by its path: dashboards in Grafana, rules in Prometheus, from what checks have stored
 * and from nothing else. A file that is used from the repository alone is left out; one that no check reads has no place.
 */
export async function whatRuns(
  { launch, files }: LaunchKit,
  { db, now }: House,
): Promise<ReadonlyMap<string, readonly RunningPlace[]>> {
  const planned = planLaunch(launch);
  const readers = new Map(
    files.flatMap((file) => {
      const kind = runIn(file, launch.spec.kit?.files.ruleTests);
      return kind === null ? [] : [[file.path, planned.filter((one) => reads(one, kind, file))] as const];
    }),
  );
  const checks = [...new Set([...readers.values()].flat())];
  const keyOf = ({ item, check }: PlannedCheck) => ({
    launch: launch.head.id,
    item: item.id,
    check: check.id,
  });
  const held = new Map(
    (await readHeld(db, checks.map(keyOf))).map((row) => [standingKey(row.item, row.check), row]),
  );
  const places = new Map<PlannedCheck, RunningPlace>();
  for (const check of checks)
    places.set(check, placeOf(check, held.get(standingKey(check.item.id, check.check.id)), now()));
  return new Map(
    [...readers].map(([path, by]) => [path, newestOfEach(by.flatMap((one) => places.get(one) ?? []))]),
  );
}

/** The kind of check that reads where a file runs; null for one that is used from the repository alone. */
export function runIn(
  { format, path }: KitFile,
  ruleTests: string | undefined,
): 'dashboard' | 'alert-rule' | null {
  if (format === 'grafana-dashboard') return 'dashboard';
  return format === 'prometheus-rules' && path !== ruleTests ? 'alert-rule' : null;
}

function reads({ check, launch }: PlannedCheck, kind: 'dashboard' | 'alert-rule', file: KitFile): boolean {
  if (check.kind !== kind || kind === 'alert-rule') return check.kind === kind;
  const dashboard = launch.spec.kit?.dashboards.find(({ id }) => id === check.parameters.dashboard);
  return dashboard?.file === file.path;
}

function placeOf(check: PlannedCheck, seen: HeldSeen | undefined, nowMs: number): RunningPlace {
  if (!seen) return { check, seen: null, unknown: 'Not looked at yet', staleAtMs: null };
  const staleAtMs = seen.lastSeenAt.getTime() + check.check.maxAgeMs;
  if (seen.since !== null) return { check, seen, unknown: seen.since.replace(/\.$/, ''), staleAtMs: null };
  if (nowMs > staleAtMs) return { check, seen, unknown: 'Nobody has looked since', staleAtMs: null };
  return { check, seen, unknown: null, staleAtMs };
}

/** Of checks that ask a source the same, the one that saw it last. */
function newestOfEach(places: readonly RunningPlace[]): readonly RunningPlace[] {
  const newest = new Map<string, RunningPlace>();
  for (const place of places) {
    const [question] = place.check.questions;
    const key = question ? `${question.source} ${questionKey(question)}` : '';
    const other = newest.get(key);
    if (!other || seenMs(place) > seenMs(other)) newest.set(key, place);
  }
  return [...newest.values()];
}

function seenMs({ seen }: RunningPlace): number {
  return seen?.lastSeenAt.getTime() ?? 0;
}
