import type { Spec } from '#lib/domain/spec.ts';
import { type ItemState, isSettled, itemStateSchema } from '#lib/domain/verdict.ts';
import type { BoardView, Burnup, ItemRow, LaunchHead, SourceView } from '#lib/domain/view.ts';
import { burnup } from './burnup.ts';
import type { FoldedItems } from './check-now.ts';
import { readiness } from './readiness.ts';
import { dutyOf, isDueBlocker, itemRow, trackView } from './rows.ts';

export interface BoardInput {
  readonly spec: Spec;
  readonly folded: FoldedItems;
  readonly launch: LaunchHead;
  readonly sources: readonly SourceView[];
  readonly burnup: Burnup['points'];
  readonly nowMs: number;
  /** Of the newest stored fold it holds; default: it is one itself, stored now. */
  readonly storedAt?: string;
}

/** The board's view-model at an instant: the whole screen from one fold. Pure. */
export function boardView(input: BoardInput): BoardView {
  const { spec, folded, nowMs } = input;
  const isDue = dueIn(spec, nowMs);
  const tracks = spec.tracks.map((track) =>
    trackView(
      track,
      track.items.map((item) => itemRow(item, folded, spec, isDue(item.phase))),
    ),
  );
  const rows = tracks.flatMap(({ items }) => items);
  const blockers = rows.filter(isDueBlocker);
  const due = rows.reduce((sum, { signatures }) => sum + signatures.length, 0);
  return {
    at: new Date(nowMs).toISOString(),
    storedAt: input.storedAt ?? new Date(nowMs).toISOString(),
    changesAt: changesAt(folded, input, nowMs),
    launch: input.launch,
    readiness: readiness(spec, rows, input.sources, nowMs),
    tally: blockers.map(({ state }) => state).sort(byRank),
    counts: countStates(rows),
    signatures: { due, inForce: 0, enforced: false },
    sources: input.sources,
    owes: owes(blockers),
    burnup: burnup(input.burnup, spec.launch.target.at, nowMs),
    tracks,
    collecting: collecting(folded),
  };
}

/**
 * An item counts for the launch when its phase comes no later than the target, or has come: what is due after the
 * launch is shown and judged, and does not block it.
 */
function dueIn(spec: Spec, nowMs: number): (phase: string) => boolean {
  const limitMs = Math.max(nowMs, Date.parse(spec.launch.target.at));
  const due = new Set(spec.phases.filter(({ at }) => Date.parse(at) <= limitMs).map(({ id }) => id));
  return (phase) => due.has(phase);
}

const rank: Readonly<Record<ItemState, number>> = {
  ready: 0,
  waived: 1,
  'not-applicable': 2,
  fail: 3,
  unknown: 4,
  stale: 5,
  claimed: 6,
  held: 7,
  unsigned: 8,
};

function byRank(a: ItemState, b: ItemState): number {
  return rank[a] - rank[b];
}

function countStates(rows: readonly ItemRow[]): BoardView['counts'] {
  const counts = Object.fromEntries(itemStateSchema.options.map((state) => [state, 0])) as Record<
    ItemState,
    number
  >;
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

function owes(blockers: readonly ItemRow[]): BoardView['owes'] {
  const open = blockers.filter(({ state }) => !isSettled(state));
  const people = [...new Set(open.map(({ owner }) => owner))];
  const owed = people.map((owner) => {
    const mine = open.filter((row) => row.owner === owner);
    const duties = (['fix', 'prove', 'look at'] as const).flatMap((duty) => {
      const count = mine.filter(({ state }) => dutyOf(state) === duty).length;
      return count > 0 ? [`${count} to ${duty}`] : [];
    });
    const since = mine.flatMap((row) => row.since ?? []).sort()[0] ?? null;
    return { who: owner ?? 'Nobody yet', what: duties.join(', '), since };
  });
  return owed.sort((a, b) => (a.since ?? '9').localeCompare(b.since ?? '9'));
}

function collecting(folded: FoldedItems): BoardView['collecting'] {
  const all = [...folded.checks.values()].flat();
  const done = all.filter(({ standing, judgement }) => standing !== null || judgement !== null).length;
  return done < all.length ? { done, total: all.length } : null;
}

/** When time alone changes what it says: a verdict grows old, a phase begins, a source is asked no more. */
function changesAt(folded: FoldedItems, { spec, sources }: BoardInput, nowMs: number): string | null {
  const instants = [...folded.checks.values()].flat().flatMap(({ now }) => now.changesAtMs ?? []);
  const phases = spec.phases.map(({ at }) => Date.parse(at)).concat(Date.parse(spec.launch.target.at));
  const overdue = sources.flatMap(({ overdueAt }) => (overdueAt ? Date.parse(overdueAt) : []));
  const next = [...instants, ...phases, ...overdue].filter((ms) => ms >= nowMs);
  return next.length > 0 ? new Date(Math.min(...next) + 1).toISOString() : null;
}
