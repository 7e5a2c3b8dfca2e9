import { boardView } from '#lib/board/board.ts';
import type { FoldedItems } from '#lib/board/check-now.ts';
import { addBurnup, holdBoards, readBurnup, writeBoard } from '#lib/board/store.ts';
import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Standing } from '#lib/domain/standing.ts';
import { evidenceEvents } from '#lib/evidence/events.ts';
import { readStandings, writeStandings } from '#lib/evidence/store.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, type LedgerTransaction, type Reader } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { notifyLive } from '#lib/server/live.ts';
import { type AdvancedCheck, advanceCheck } from './advance-checks.ts';
import type { Asked } from './ask.ts';
import { type FoldStatesInput, foldStates } from './fold-launch.ts';
import type { JudgedCheck } from './judge-check.ts';
import { keepEvidence } from './keep-evidence.ts';
import { type LaunchInForce, launchesInForce } from './launch-in-force.ts';
import { planLaunch } from './plan.ts';
import { type SourceTurn, sourceTurn } from './source-turn.ts';
import { readSources, type SourceRow, sourceViews } from './source-views.ts';
import { writeSource } from './write-source.ts';

/** What a cycle brought, ready to be written. */
export interface Cycle {
  /** The physical source; null when a launch is folded without asking anything. */
  readonly source: { readonly key: string; readonly asked: Asked; readonly everyMs: number } | null;
  readonly launches: readonly string[];
  readonly judged: readonly JudgedCheck[];
}

/**
 * Writes a cycle: standings, evidence, boards, and, where something changed, the ledger. A cycle that only saw the
 * same again takes no ledger lock and appends nothing; one that changes anything is one ledger transaction.
 *
 * @returns ids of launches whose board has news.
 */
export async function settle(cycle: Cycle, house: House): Promise<readonly string[]> {
  const quiet = await house.db.$transaction((tx) => writeCycle(cycle, house, tx, null), {
    timeout: 20_000,
    maxWait: 20_000,
  });
  if (quiet !== 'needs-ledger') return quiet;
  const written = await inLedgerTransaction(house.db, (tx) => settleIn(cycle, house, tx));
  return written;
}

/** The same inside a verb's own ledger transaction. */
export async function settleIn(
  cycle: Cycle,
  house: House,
  tx: LedgerTransaction,
): Promise<readonly string[]> {
  const written = await writeCycle(cycle, house, tx, tx);
  if (written === 'needs-ledger') throw new Error('A transaction that holds the ledger was told to take it.');
  return written;
}

async function writeCycle(
  cycle: Cycle,
  house: House,
  tx: Reader,
  ledger: LedgerTransaction | null,
): Promise<readonly string[] | 'needs-ledger'> {
  const stored = await holdBoards(tx, cycle.launches);
  const nowMs = house.now();
  const launches = await launchesInForce(tx, cycle.launches);
  const sources = new Map(await readSources(tx, launches));
  const turn = cycle.source ? sourceTurn(cycle.source, sources.get(cycle.source.key), nowMs) : null;
  if (turn) sources.set(turn.row.key, turn.row);
  const standings = await readStandings(tx, cycle.launches);
  const moves = launches.map((launch) =>
    moveLaunch(launch, cycle, standings.get(launch.head.id) ?? new Map(), nowMs),
  );
  // A verb that asks no source has changed the launch itself.
  const news = moves.filter((move) => cycle.source === null || hasNews(move, turn));
  if (news.length > 0 && !ledger) return 'needs-ledger';

  if (turn) await writeSource(tx, turn);
  const advanced = moves.flatMap((move) => move.advanced);
  const derived = moves.flatMap((move) => move.derived.filter(({ changes }) => changes.length > 0));
  await writeStandings(tx, [...advanced, ...derived].map(standingRow));
  const seen = [...advanced, ...moves.flatMap((move) => move.derived)];
  await keepEvidence(tx, seen, cycle.source?.asked.answers ?? [], nowMs);
  const events = news.flatMap((move) => eventsOf(move, turn));
  if (ledger) await append(ledger, events);
  for (const move of moves) {
    const storedAt = laterThan(stored.get(move.launch.head.id), nowMs);
    await writeMove(tx, move, { sources, news: news.includes(move), nowMs, storedAt });
  }
  return news.map(({ launch }) => launch.head.id);
}

interface Move {
  readonly launch: LaunchInForce;
  readonly advanced: readonly AdvancedCheck[];
  readonly derived: readonly AdvancedCheck[];
  /** Of what stands after the cycle. */
  readonly folded: FoldedItems;
}

function moveLaunch(
  launch: LaunchInForce,
  cycle: Cycle,
  before: ReadonlyMap<string, Standing>,
  nowMs: number,
): Move {
  // What was judged for a spec or a candidate that is no longer in force says nothing about this one.
  const judged = cycle.judged.filter((one) => isInForce(one.planned.launch, launch));
  const advanced = judged.map((one) => advanceCheck(one, before));
  const standings = new Map([...before, ...advanced.map(({ key, standing }) => [key, standing] as const)]);
  const planned = planLaunch(launch);
  const { folded, derived: judgedAnew } = foldStates({ launch, planned, standings, nowMs });
  const gaps = advanced.flatMap(({ changes }) =>
    changes.flatMap((one) => (one.kind === 'gap' ? one.from : [])),
  );
  const unseen = gaps.length > 0 ? staleUntilNow({ launch, planned, standings: before, nowMs }) : [];
  const derived = [...judgedAnew].map(([key, one]) =>
    advanceCheck(one, before, unseen.includes(key) ? (gaps.sort()[0] ?? null) : null),
  );
  return { launch, advanced, derived, folded };
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

function hasNews(move: Move, turn: SourceTurn | null): boolean {
  const moved = [...move.advanced, ...move.derived].some(({ changes }) => changes.length > 0);
  return moved || (turn !== null && turn.event !== null);
}

function standingRow({ planned, standing }: AdvancedCheck) {
  return { launch: planned.launch.head.id, item: planned.item.id, check: planned.check.id, standing };
}

function eventsOf(move: Move, turn: SourceTurn | null): LedgerEvent[] {
  const launch = move.launch.head.id;
  const moved = [...move.advanced, ...move.derived].map(({ planned, standing, changes }) => ({
    item: planned.item.id,
    check: planned.check.id,
    standing,
    changes,
  }));
  const ids = [...move.launch.sources].filter(([, { key }]) => key === turn?.row.key).map(([id]) => id);
  const source: LedgerEvent[] = turn?.event
    ? [{ type: turn.event, version: 1, launch, actor: 'system', data: { sources: ids, ...turn.data } }]
    : [];
  return [...source, ...evidenceEvents(launch, moved)];
}

/** Folds are told apart by when they were stored, also where the clocks of two machines differ. */
function laterThan(before: Date | undefined, nowMs: number): string {
  return new Date(Math.max(nowMs, (before?.getTime() ?? 0) + 1)).toISOString();
}

interface MoveToWrite {
  readonly sources: ReadonlyMap<string, SourceRow>;
  readonly news: boolean;
  readonly nowMs: number;
  readonly storedAt: string;
}

async function writeMove(
  tx: Reader,
  move: Move,
  { sources, news, nowMs, storedAt }: MoveToWrite,
): Promise<void> {
  const { id } = move.launch.head;
  const version = news ? await raiseVersion(tx, id) : move.launch.head.version;
  const burnup = await readBurnup(tx, id);
  const board = boardView({
    spec: move.launch.spec,
    folded: move.folded,
    launch: { ...move.launch.head, version },
    sources: sourceViews(move.launch, sources, nowMs),
    burnup,
    nowMs,
    storedAt,
  });
  await writeBoard(tx, board);
  const { ready, blockers } = board.readiness;
  const point = { at: new Date(nowMs).toISOString(), ready, scope: blockers };
  if (!board.collecting) await addBurnup(tx, id, point, burnup.at(-1));
  await notifyLive(tx, news ? 'board' : 'seen', { launch: id, version });
}

async function raiseVersion(tx: Reader, launch: string): Promise<number> {
  const row = await tx.launch.update({
    where: { id: launch },
    data: { boardVersion: { increment: 1 } },
    select: { boardVersion: true },
  });
  return Number(row.boardVersion);
}
