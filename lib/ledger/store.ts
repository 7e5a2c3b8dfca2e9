import type { LedgerEvent } from '#lib/domain/event.ts';
import type { LedgerTransaction } from '#lib/server/database.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { encodeEntry } from './entry.ts';

/**
 * Appends events in their order: the one writer of the ledger. The transaction holds the ledger's lock, which its
 * type says. An entry's time is the later of the database's clock and the entry before, so that time never goes back.
 *
 * @returns the size of the ledger afterwards.
 */
export async function append(tx: LedgerTransaction, events: readonly LedgerEvent[]): Promise<number> {
  const [head] = await tx.$queryRaw<{ size: bigint; at: Date }[]>`
    SELECT size, greatest(clock_timestamp()::timestamptz(3), last_at) AS at FROM ledger_head`;
  if (!head) throw new Error('The ledger has no head: the database was not migrated.');
  const at = head.at.toISOString();
  let seq = Number(head.size);
  for (const event of events) {
    const entry = encodeEntry(event, seq, at, sha256);
    await tx.$queryRaw`
      SELECT ledger_append(${entry.seq}::bigint, ${at}::timestamptz, ${event.type}, ${event.version}::int,
        ${event.launch}, ${event.actor}, ${entry.bytes}, ${Buffer.from(entry.leafHash, 'hex')})`;
    seq += 1;
  }
  return seq;
}
