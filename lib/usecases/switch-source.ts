import type { Result } from '#lib/domain/problem.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { settle } from './settle.ts';
import { noSuchSource } from './source-token.ts';

/**
 * Switches a source off, or on again. Nobody asks one that is off: what rests on it keeps its last verdict until its
 * `maxAge`, and is stale then, which blocks.
 */
export async function switchSource(
  key: string,
  to: 'on' | 'off',
  at: House = house(),
): Promise<Result<{ readonly disabledAt: string | null }>> {
  const switched = await inLedgerTransaction(at.db, async (tx) => {
    const source = await tx.source.findUnique({
      where: { key },
      select: { disabledAt: true, launches: { select: { launchId: true } } },
    });
    if (!source) return null;
    const isOff = source.disabledAt !== null;
    if (isOff === (to === 'off')) return { disabledAt: source.disabledAt, launches: [] };
    const disabledAt = to === 'off' ? new Date(at.now()) : null;
    await tx.source.update({ where: { key }, data: { disabledAt } });
    const type = to === 'off' ? 'source.disabled' : 'source.enabled';
    await append(tx, [{ type, version: 1, launch: null, actor: 'local', data: { source: key } }]);
    if (to === 'on') await queueCollection(tx, key);
    return { disabledAt, launches: [...new Set(source.launches.map(({ launchId }) => launchId))] };
  });
  if (!switched) return noSuchSource();
  // Boards say so in transactions of their own: hundreds may read one source.
  await settle({ source: null, launches: switched.launches, judged: [] }, at);
  return { ok: true, value: { disabledAt: switched.disabledAt?.toISOString() ?? null } };
}
