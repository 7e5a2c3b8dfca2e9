import { boardView } from '#lib/board/board.ts';
import { addBurnup, holdBoards, readBurnup, writeBoard } from '#lib/board/store.ts';
import { readStandings, writeStandings } from '#lib/evidence/store.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, type LedgerTransaction, type Reader } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { notifyLive } from '#lib/server/live.ts';
import type { AdvancedCheck } from './advance-checks.ts';
import type { Asked } from './ask.ts';
import type { JudgedCheck } from './judge-check.ts';
import { keepEvidence } from './keep-evidence.ts';
import { launchesInForce } from './launch-in-force.ts';
import { eventsOf, hasNews, type Move, moveLaunch } from './move-launch.ts';
import { sourceTurn } from './source-turn.ts';
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
 * So many launches are settled in one transaction: what shares a source may be hundreds, and a transaction that holds
 * the ledger keeps everybody else waiting.
 */
const launchesAtOnce = 10;

/**
 * Writes a cycle: standings, evidence, boards, and, where something changed, the ledger. Launches that only saw the
 * same again take no ledger lock and append nothing; those of which anything changed are one ledger transaction.
 *
 * @returns ids of launches whose board has news.
 */
export async function settle(cycle: Cycle, house: House): Promise<readonly string[]> {
  const judged = Map.groupBy(cycle.judged, ({ planned }) => planned.launch.head.id);
  const news: string[] = [];
  for (let n = 0; n < cycle.launches.length; n += launchesAtOnce) {
    const launches = cycle.launches.slice(n, n + launchesAtOnce);
    const part = { ...cycle, launches, judged: launches.flatMap((id) => judged.get(id) ?? []) };
    // The source's own row goes with the last: until then each launch sees how the source stood before the cycle.
    const isLast = n + launchesAtOnce >= cycle.launches.length;
    news.push(...(await settlePart({ ...part, isLast }, house)));
  }
  return news;
}

/** Some of a cycle's launches. */
interface CyclePart extends Cycle {
  readonly isLast: boolean;
}

async function settlePart(part: CyclePart, house: House): Promise<readonly string[]> {
  const quiet = await house.db.$transaction((tx) => writeCycle(part, house, tx, null), {
    timeout: 20_000,
    maxWait: 20_000,
  });
  if (quiet !== 'needs-ledger') return quiet;
  return inLedgerTransaction(house.db, (tx) => writeWithLedger(part, house, tx));
}

/** The same inside a verb's own ledger transaction, all at once: a verb changes one launch. */
export function settleIn(cycle: Cycle, house: House, tx: LedgerTransaction): Promise<readonly string[]> {
  return writeWithLedger({ ...cycle, isLast: true }, house, tx);
}

async function writeWithLedger(
  part: CyclePart,
  house: House,
  tx: LedgerTransaction,
): Promise<readonly string[]> {
  const written = await writeCycle(part, house, tx, tx);
  if (written === 'needs-ledger') throw new Error('A transaction that holds the ledger was told to take it.');
  return written;
}

async function writeCycle(
  cycle: CyclePart,
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
    moveLaunch(launch, cycle.judged, standings.get(launch.head.id) ?? new Map(), nowMs),
  );
  // A verb that asks no source has changed the launch itself.
  const news = moves.filter((move) => cycle.source === null || hasNews(move, turn));
  if (news.length > 0 && !ledger) return 'needs-ledger';

  if (turn && cycle.isLast) await writeSource(tx, turn);
  const advanced = moves.flatMap((move) => move.advanced);
  const derived = moves.flatMap((move) => move.derived.filter(({ changes }) => changes.length > 0));
  await writeStandings(tx, [...advanced, ...derived].map(standingRow));
  const seen = [...advanced, ...moves.flatMap((move) => move.derived)];
  const begun = await keepEvidence(tx, seen, cycle.source?.asked.answers ?? [], nowMs);
  const events = news.flatMap((move) => eventsOf(move, turn));
  if (ledger) await append(ledger, events);
  for (const move of moves) {
    const storedAt = laterThan(stored.get(move.launch.head.id), nowMs);
    // What a source holds may have changed though nothing that decides did: screens show it.
    const isNews = news.includes(move) || begun.has(move.launch.head.id);
    await writeMove(tx, move, { sources, news: isNews, nowMs, storedAt });
  }
  return news.map(({ launch }) => launch.head.id);
}

function standingRow({ planned, standing }: AdvancedCheck) {
  return { launch: planned.launch.head.id, item: planned.item.id, check: planned.check.id, standing };
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
