import type { LedgerEvent } from '#lib/domain/event.ts';
import type { ItemSpec } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { evidenceEvents } from '#lib/evidence/events.ts';
import { insertChanges } from '#lib/evidence/history-store.ts';
import { moveStanding } from '#lib/evidence/standing.ts';
import { readStandings, writeStandings } from '#lib/evidence/store.ts';
import type { LedgerTransaction } from '#lib/server/database.ts';
import { changeRows } from './keep-evidence.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/** Checks of both that are read at another address after than before, as they are after. Pure. */
export function movedChecks(before: LaunchInForce, after: LaunchInForce): readonly PlannedCheck[] {
  const old = new Map(planLaunch(before).map((planned) => [keyOf(planned), placeOf(planned)]));
  return planLaunch(after).filter((planned) => {
    const [was, is] = [old.get(keyOf(planned)) ?? null, placeOf(planned)];
    return was !== null && is !== null && was !== is;
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
  { spec }: LaunchInForce,
  source: string,
): { readonly blockers: readonly ItemSpec[]; readonly others: number } {
  const items = spec.tracks.flatMap((track) => track.items);
  const reading = items.filter(({ checks }) => checks.some((check) => check.source === source));
  const blockers = reading.filter(({ level }) => level === 'blocker');
  return { blockers, others: reading.length - blockers.length };
}

/**
 * Has checks say that they are read elsewhere from now on: unknown until that place has answered, with the turn in
 * their history. What was never looked at stays so.
 *
 * @returns what the ledger is to say of it.
 */
export async function writeMoved(
  tx: LedgerTransaction,
  launch: string,
  moved: readonly PlannedCheck[],
  nowMs: number,
): Promise<readonly LedgerEvent[]> {
  if (moved.length === 0) return [];
  const standings = (await readStandings(tx, [launch])).get(launch);
  const at = new Date(nowMs).toISOString();
  const steps = moved.flatMap((planned) => {
    const before = standings?.get(keyOf(planned));
    if (!before) return [];
    const { kind, item, check } = planned;
    const rule = { ruleVersion: kind.ruleVersion, maxAgeMs: check.maxAgeMs };
    const step = moveStanding(before, { at, sentence: sentenceOf(planned, at) }, rule);
    return [{ planned, launch, item: item.id, check: check.id, ...step }];
  });
  await writeStandings(tx, steps);
  await insertChanges(tx, steps.flatMap(changeRows));
  return evidenceEvents(launch, steps);
}

function sentenceOf({ source }: PlannedCheck, at: string): string {
  const since = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return `${source?.title} is read at ${source?.address} since ${since}, and nothing was judged from there yet.`;
}

/** Where a check is read; null for one that reads no source. */
function placeOf({ source }: PlannedCheck): string | null {
  return source && `${source.kind} ${source.address}`;
}

function keyOf({ item, check }: PlannedCheck): string {
  return standingKey(item.id, check.id);
}
