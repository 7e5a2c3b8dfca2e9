import { z } from 'zod';
import type { LedgerEvent } from '#lib/domain/event.ts';
import type { LedgerTransaction } from '#lib/server/database.ts';

const recordedSchema = z.object({
  data: z.object({ source: z.string(), commit: z.string(), request: z.number().nullable() }),
});

/** Whether the ledger holds an event of this commit and request at this source. */
export async function isRecorded(
  tx: LedgerTransaction,
  { launch, type, data }: LedgerEvent,
): Promise<boolean> {
  const rows = await tx.ledgerEntry.findMany({ where: { launchId: launch, type }, select: { bytes: true } });
  return rows.some(({ bytes }) => {
    const { data: old } = recordedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return old.source === data.source && old.commit === data.commit && old.request === data.request;
  });
}
