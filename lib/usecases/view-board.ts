import { readBoard, readBurnup } from '#lib/board/store.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Standing } from '#lib/domain/standing.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { readStandings } from '#lib/evidence/store.ts';
import type { Reader } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { type FoldedLaunch, foldLaunch } from './fold-launch.ts';
import { type LaunchInForce, launchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import { noSuchLaunch } from './problems.ts';
import { readSources, sourceViews } from './source-views.ts';

/** The board's JSON. It is sent as it was stored as long as the clock has not changed what it says. */
export async function boardText(id: string, at: House = house()): Promise<Result<string>> {
  const stored = await readBoard(at.db, id);
  if (stored && (!stored.changesAt || stored.changesAt.getTime() > at.now()))
    return { ok: true, value: stored.model };
  const now = await foldNow(at.db, id, at.now());
  if (!now) return noSuchLaunch(id);
  // Readings of folds that are stored from here on follow on it, though it may hold some of them already.
  const board = stored ? { ...now.board, storedAt: stored.storedAt } : now.board;
  return { ok: true, value: JSON.stringify(board) };
}

/** The board of a launch as it is now. */
export async function viewBoard(id: string, at: House = house()): Promise<Result<BoardView>> {
  const text = await boardText(id, at);
  return text.ok ? { ok: true, value: JSON.parse(text.value) as BoardView } : text;
}

/** A launch folded at an instant from what stands, with what the fold was made of. */
export interface LaunchNow extends FoldedLaunch {
  readonly launch: LaunchInForce;
  readonly planned: readonly PlannedCheck[];
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Folds a launch at an instant; null when there is no such launch. */
export async function foldNow(db: Reader, id: string, nowMs: number): Promise<LaunchNow | null> {
  const launch = await launchInForce(db, id);
  if (!launch) return null;
  const standings = (await readStandings(db, [id])).get(id) ?? new Map();
  const sources = sourceViews(launch, await readSources(db, [launch]), nowMs);
  const planned = planLaunch(launch);
  const burnup = await readBurnup(db, id);
  return {
    ...foldLaunch({ launch, planned, standings, sources, burnup, nowMs }),
    launch,
    planned,
    standings,
  };
}
