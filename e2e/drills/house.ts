import { join } from 'node:path';
import type { BoardView, ItemRow, ItemView } from '#lib/domain/view.ts';
import { readEnvironment } from '#lib/server/env.ts';
import { type RunningHouse, startHouse } from '#lib/server/supervisor/start.ts';
import type { DrillSite } from './drill.ts';

/** Big Green as it runs, seen from outside: a house of the drill's own, and its API. */
export interface DrillHouse {
  readonly house: RunningHouse;
  /** Adopts a spec. */
  readonly adopt: (text: string) => Promise<void>;
  readonly board: (launch: string) => Promise<BoardView>;
  readonly item: (launch: string, item: string) => Promise<ItemView>;
  /** What a page answers; `text` is its HTML. */
  readonly page: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
}

/** Starts supervisor, embedded PostgreSQL, web and worker, whose data go with the drill. */
export async function startDrillHouse(site: DrillSite): Promise<DrillHouse> {
  const env = readEnvironment();
  if (env.kind !== 'environment') throw new Error(env.message);
  const own = {
    ...env,
    port: 0,
    dataDir: join(site.folder, 'data'),
    databaseUrl: undefined,
    secret: undefined,
  };
  const log = (words: string) => {
    if (!words.startsWith('Migrated')) site.say(`        ${words}`);
  };
  const starting = startHouse({
    env: own,
    dev: false,
    throwAway: true,
    log,
    gaveUp: log,
    signal: site.interrupted,
  });
  // Also a house that is interrupted half-way up is waited for.
  site.undo(async () => {
    const started = await starting;
    if (started.kind === 'running') await started.stop();
  });
  const house = await starting;
  if (house.kind === 'failed') throw new Error(house.message);
  const read = async <T>(path: string): Promise<T> => {
    const answer = await fetch(house.address + path);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    house,
    adopt: async (text) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ text, name: 'drill.yaml' });
      const answer = await fetch(`${house.address}/api/launches`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`The spec was not adopted: ${await answer.text()}`);
    },
    board: (launch) => read(`/api/launches/${launch}/board`),
    item: (launch, item) => read(`/api/launches/${launch}/items/${item}`),
    page: async (path) => {
      const answer = await fetch(house.address + path);
      return { status: answer.status, text: await answer.text() };
    },
  };
}

/** All items of a board, in its order. */
export function rowsOf(board: BoardView): readonly ItemRow[] {
  return board.tracks.flatMap(({ items }) => items);
}
