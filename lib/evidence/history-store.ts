import { verdictSchema } from '#lib/domain/verdict.ts';
import type { HistorySpan } from '#lib/domain/view.ts';
import type { Reader } from '#lib/server/database.ts';
import type { CheckKey } from './store.ts';

/** One change of what a check came to. */
export interface ChangeRow extends CheckKey {
  readonly at: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly evidenceDigest: string | null;
}

/** Keeps changes, in their order. */
export async function insertChanges(tx: Reader, rows: readonly ChangeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.standingChange.createMany({
    data: rows.map(({ launch, item, check, ...row }) => ({
      launchId: launch,
      itemId: item,
      checkId: check,
      ...row,
    })),
  });
}

/** At most this many changes of one item are read: what flaps for weeks does not slow its page. */
const changesRead = 400;

/** The history of an item's checks, oldest first, each span to the next change or to `until`. */
export async function readHistory(
  db: Reader,
  launch: string,
  item: string,
  until: string,
): Promise<ReadonlyMap<string, readonly HistorySpan[]>> {
  const rows = await db.standingChange.findMany({
    where: { launchId: launch, itemId: item },
    orderBy: { id: 'desc' },
    take: changesRead,
  });
  const byCheck = Map.groupBy(rows.reverse(), ({ checkId }) => checkId);
  return new Map(
    [...byCheck].map(([check, changes]) => [
      check,
      changes.map((change, index) => ({
        verdict: verdictSchema.parse(change.verdict),
        from: change.at.toISOString(),
        to: changes[index + 1]?.at.toISOString() ?? until,
        sentence: change.sentence,
      })),
    ]),
  );
}
