import type { FoldedItems } from '#lib/board/check-now.ts';
import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Standing } from '#lib/domain/standing.ts';
import { evidenceEvents } from '#lib/evidence/events.ts';
import { type AdvancedCheck, advanceCheck } from './advance-checks.ts';
import { type FoldStatesInput, foldStates } from './fold-launch.ts';
import type { JudgedCheck } from './judge-check.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import type { SourceTurn } from './source-turn.ts';

/** What a cycle does to one launch. */
export interface Move {
  readonly launch: LaunchInForce;
  readonly advanced: readonly AdvancedCheck[];
  readonly derived: readonly AdvancedCheck[];
  /** Of what stands after the cycle. */
  readonly folded: FoldedItems;
}

/** Takes a launch from how its checks stood to how they stand after a cycle. Pure. */
export function moveLaunch(
  launch: LaunchInForce,
  cycleJudged: readonly JudgedCheck[],
  before: ReadonlyMap<string, Standing>,
  nowMs: number,
): Move {
  // What was judged for a spec or a candidate that is no longer in force, or read elsewhere, says nothing about this one.
  const judged = cycleJudged.filter(
    ({ planned }) => isInForce(planned.launch, launch) && isReadThere(planned, launch),
  );
  const advanced = judged.map((one) => advanceCheck(one, before));
  const standings = new Map([...before, ...advanced.map(({ key, standing }) => [key, standing] as const)]);
  const planned = planLaunch(launch);
  const { folded, derived: judgedAnew } = foldStates({ launch, planned, standings, nowMs });
  const unseenSince = firstGap(advanced);
  const unseen = unseenSince ? staleUntilNow({ launch, planned, standings: before, nowMs }) : [];
  const derived = [...judgedAnew].map(([key, one]) =>
    advanceCheck(one, before, unseen.includes(key) ? unseenSince : null),
  );
  return { launch, advanced, derived, folded };
}

/** Since when nobody had looked at the first of them; null where none went unseen. */
function firstGap(advanced: readonly AdvancedCheck[]): string | null {
  const gaps = advanced
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.kind === 'gap' ? change.from : []));
  return gaps.sort()[0] ?? null;
}

/** Checks over other items that the clock had made stale, unwritten: nobody was there to write it. */
function staleUntilNow(before: FoldStatesInput): readonly string[] {
  return [...foldStates(before).derived].flatMap(([key, { judged }]) => {
    const wasStale = judged.kind === 'judged' && judged.judgement.verdict === 'stale';
    return wasStale && before.standings.get(key)?.verdict !== 'stale' ? [key] : [];
  });
}

function isInForce(judgedFor: LaunchInForce, now: LaunchInForce): boolean {
  return (
    judgedFor.head.id === now.head.id &&
    judgedFor.head.specDigest === now.head.specDigest &&
    judgedFor.head.candidate?.commit === now.head.candidate?.commit
  );
}

/** Whether a check's sources still are where the check was asked. */
function isReadThere({ source, others }: PlannedCheck, { sources }: LaunchInForce): boolean {
  const asked = source === null ? others : [source, ...others];
  return asked.every(({ id, address }) => sources.get(id)?.address === address);
}

/** Whether anything but ages and readings changed. */
export function hasNews(move: Move, turn: SourceTurn | null): boolean {
  const moved = [...move.advanced, ...move.derived].some(({ changes }) => changes.length > 0);
  return moved || (turn !== null && turn.event !== null);
}

/** The ledger's events for what a cycle changed in a launch. */
export function eventsOf(move: Move, turn: SourceTurn | null): LedgerEvent[] {
  const launch = move.launch.head.id;
  const moved = [...move.advanced, ...move.derived].map(({ planned, standing, changes }) => ({
    item: planned.item.id,
    check: planned.check.id,
    standing,
    changes,
  }));
  const ids = [...move.launch.sources].filter(([, { key }]) => key === turn?.row.key).map(([id]) => id);
  // One that the launch read when the cycle began, and does not any more, is no news of the launch's.
  const source: LedgerEvent[] =
    turn?.event && ids.length > 0
      ? [{ type: turn.event, version: 1, launch, actor: 'system', data: { sources: ids, ...turn.data } }]
      : [];
  return [...source, ...evidenceEvents(launch, moved)];
}
