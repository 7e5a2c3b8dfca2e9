import { type House, house } from '#lib/server/house.ts';
import type { LiveNotice } from '#lib/server/live-hub.ts';
import { launchInForce } from './launch-in-force.ts';
import { readSources } from './source-views.ts';

/** The newest version of every launch's board: what a stream says first, so that a page knows if it is behind. */
export async function newestVersions(at: House = house()): Promise<readonly LiveNotice[]> {
  const rows = await at.db.launch.findMany({ select: { id: true, boardVersion: true } });
  return rows.map(({ id, boardVersion }) => ({ what: 'board', launch: id, version: Number(boardVersion) }));
}

/** Source id to the instant of its last answer: what keeps the ages of an idle board true. */
export async function lastAnswers(
  id: string,
  at: House = house(),
): Promise<Readonly<Record<string, string>>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return {};
  const rows = await readSources(at.db, [launch]);
  return Object.fromEntries(
    [...launch.sources].flatMap(([source, { key }]) => {
      const row = rows.get(key);
      return row?.lastAnsweredAt && !row.silentSince ? [[source, row.lastAnsweredAt.toISOString()]] : [];
    }),
  );
}
