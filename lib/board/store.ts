import type { BoardView, Burnup } from '#lib/domain/view.ts';
import type { Reader } from '#lib/server/database.ts';

/** A board as it was folded last: its text is the view-model's JSON, byte for byte. */
export interface StoredBoard {
  readonly model: string;
  readonly version: number;
  /** From then on the stored fold is no longer what the clock says. */
  readonly changesAt: Date | null;
  readonly storedAt: string;
}

/** The stored board of a launch; null before the first fold. */
export async function readBoard(db: Reader, launch: string): Promise<StoredBoard | null> {
  const row = await db.board.findUnique({ where: { launchId: launch } });
  return (
    row && {
      model: row.model,
      version: Number(row.version),
      changesAt: row.nextChangeAt,
      storedAt: row.updatedAt.toISOString(),
    }
  );
}

/**
 * Holds the boards of some launches until the transaction ends, so that two cycles do not fold over each other.
 *
 * @returns when each was stored last.
 */
export async function holdBoards(
  tx: Reader,
  launches: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
    SELECT launch_id AS id, updated_at AS at FROM board
    WHERE launch_id = ANY(${[...launches]}::text[]) ORDER BY launch_id FOR UPDATE`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Stores a fold. */
export async function writeBoard(tx: Reader, view: BoardView): Promise<void> {
  const row = {
    version: view.launch.version,
    model: JSON.stringify(view),
    nextChangeAt: view.changesAt,
    updatedAt: view.storedAt,
  };
  const launchId = view.launch.id;
  await tx.board.upsert({ where: { launchId }, create: { launchId, ...row }, update: row });
}

/** At most this many points are drawn; a launch that moves more often than that is thinned by the newest. */
const pointsRead = 500;

/** How many blockers were ready, and how many there were, each time one of the two changed. Oldest first. */
export async function readBurnup(db: Reader, launch: string): Promise<Burnup['points']> {
  const rows = await db.burnup.findMany({
    where: { launchId: launch },
    orderBy: { at: 'desc' },
    take: pointsRead,
  });
  return rows.reverse().map(({ at, ready, total }) => ({ at: at.toISOString(), ready, scope: total }));
}

/** Adds a point when it says something new. */
export async function addBurnup(
  tx: Reader,
  launch: string,
  point: { readonly at: string; readonly ready: number; readonly scope: number },
  last: Burnup['points'][number] | undefined,
): Promise<void> {
  if (last && last.ready === point.ready && last.scope === point.scope) return;
  const row = { launchId: launch, at: point.at, ready: point.ready, total: point.scope };
  await tx.burnup.createMany({ data: [row], skipDuplicates: true });
}
