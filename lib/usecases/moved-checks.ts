import type { LedgerEvent } from '#lib/domain/event.ts';
import type { ItemSpec, SourceSpec } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { evidenceEvents } from '#lib/evidence/events.ts';
import { insertChanges } from '#lib/evidence/history-store.ts';
import { moveStanding } from '#lib/evidence/standing.ts';
import { readStandings, writeStandings } from '#lib/evidence/store.ts';
import type { LedgerTransaction } from '#lib/server/database.ts';
import { changeRows } from './keep-evidence.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/** A check with the first of its sources that is read elsewhere now. */
export interface MovedCheck {
  readonly planned: PlannedCheck;
  readonly source: SourceSpec;
}

/** Checks of both that are read at another address after than before, as they are after. Pure. */
export function movedChecks(before: LaunchInForce, after: LaunchInForce): readonly MovedCheck[] {
  const old = new Map(planLaunch(before).map((planned) => [keyOf(planned), sourcesOf(planned)]));
  return planLaunch(after).flatMap((planned) => {
    const was = old.get(keyOf(planned)) ?? [];
    const places = new Set(was.map(placeOf));
    const source = sourcesOf(planned).find((one) => !places.has(placeOf(one)));
    return was.length > 0 && source ? [{ planned, source }] : [];
  });
}

/** The ledger's events for sources that a launch reads elsewhere after than before, with what rests on them. Pure. */
export function movedSources(before: LaunchInForce, after: LaunchInForce): LedgerEvent[] {
  return [...after.sources].flatMap(([source, { key: to }]): LedgerEvent[] => {
    const from = before.sources.get(source)?.key;
    if (from === undefined || from === to) return [];
    const ids = restingOn(after, source).blockers.map(({ id }) => id);
    const weakened = { blockers: { count: ids.length, ids: ids.slice(0, 100) } };
    const data = { source, from, to, weakened };
    return [{ type: 'source.moved', version: 1, launch: after.head.id, actor: 'local', data }];
  });
}

/** The items of a launch with a check that reads a source: blockers, and how many others. Pure. */
export function restingOn(
  launch: LaunchInForce,
  source: string,
): { readonly blockers: readonly ItemSpec[]; readonly others: number } {
  const reading = planLaunch(launch).filter((planned) => sourcesOf(planned).some(({ id }) => id === source));
  const items = [...new Set(reading.map(({ item }) => item))];
  const blockers = items.filter(({ level }) => level === 'blocker');
  return { blockers, others: items.length - blockers.length };
}

/**
 * Has checks say that they are read elsewhere from now on: unknown until that place has answered, with the turn in
 * their history. What was never looked at stays so.
 *
 * @returns what the ledger is to say of it, by launch.
 */
export async function writeMoved(
  tx: LedgerTransaction,
  moved: readonly MovedCheck[],
  nowMs: number,
): Promise<ReadonlyMap<string, readonly LedgerEvent[]>> {
  if (moved.length === 0) return new Map();
  const launchOf = ({ planned }: MovedCheck) => planned.launch.head.id;
  const standings = await readStandings(tx, [...new Set(moved.map(launchOf))]);
  const at = new Date(nowMs).toISOString();
  const steps = moved.flatMap(({ planned, source }) => {
    const launch = planned.launch.head.id;
    const before = standings.get(launch)?.get(keyOf(planned));
    if (!before) return [];
    const { kind, item, check } = planned;
    const rule = { ruleVersion: kind.ruleVersion, maxAgeMs: check.maxAgeMs };
    const step = moveStanding(before, { at, sentence: sentenceOf(source, at) }, rule);
    return [{ planned, launch, item: item.id, check: check.id, ...step }];
  });
  await writeStandings(tx, steps);
  await insertChanges(tx, steps.flatMap(changeRows));
  const byLaunch = Map.groupBy(steps, ({ launch }) => launch);
  return new Map([...byLaunch].map(([launch, of]) => [launch, evidenceEvents(launch, of)]));
}

function sentenceOf({ title, address }: SourceSpec, at: string): string {
  const since = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return `${title} is read at ${address} since ${since}, and nothing was judged from there yet.`;
}

/** All sources that a check may ask, its own first. */
function sourcesOf({ source, others }: PlannedCheck): readonly SourceSpec[] {
  return source === null ? others : [source, ...others];
}

/** Where a source is read. */
function placeOf({ kind, address }: SourceSpec): string {
  return `${kind} ${address}`;
}

function keyOf({ item, check }: PlannedCheck): string {
  return standingKey(item.id, check.id);
}
