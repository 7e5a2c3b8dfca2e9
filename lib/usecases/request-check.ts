import type { Result } from '#lib/domain/problem.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { launchInForce } from './launch-in-force.ts';
import { noSuchLaunch, refusal } from './problems.ts';

/** What is to be looked at again: an item, a track, or, with neither, the launch. */
export interface CheckScope {
  readonly item?: string;
  readonly track?: string;
}

/** "Check again now": puts the sources that the scope reads at the head of the queue. `requested` counts checks. */
export function requestCheck(
  id: string,
  scope: CheckScope,
  at: House = house(),
): Promise<Result<{ requested: number }>> {
  return inLedgerTransaction(at.db, async (tx) => {
    const launch = await launchInForce(tx, id);
    if (!launch) return noSuchLaunch(id);
    const items = launch.spec.tracks
      .filter((track) => scope.track === undefined || track.id === scope.track)
      .flatMap((track) => track.items)
      .filter((item) => scope.item === undefined || item.id === scope.item);
    if (items.length === 0) {
      const what = scope.item ? `item “${scope.item}”` : `track “${scope.track ?? ''}”`;
      return refusal('not-found', `${launch.head.title} has no ${what}.`);
    }
    const checks = items.flatMap((item) => item.checks);
    const sources = new Set(checks.flatMap(({ source }) => (source ? [source] : [])));
    const keys = new Set([...sources].flatMap((source) => launch.sources.get(source)?.key ?? []));
    for (const key of keys) await queueCollection(tx, key);
    const data = { scope: { ...scope }, sources: [...sources] };
    await append(tx, [{ type: 'check.requested', version: 1, launch: id, actor: 'local', data }]);
    return { ok: true, value: { requested: checks.length } };
  });
}
