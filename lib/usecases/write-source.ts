import type { Reader } from '#lib/server/database.ts';
import { Prisma } from '#lib/server/generated/client.ts';
import type { SourceTurn } from './source-turn.ts';

/** Writes what is known of the source now. */
export async function writeSource(tx: Reader, { row, requests }: SourceTurn): Promise<void> {
  const { key, failure, ...times } = row;
  await tx.source.update({
    where: { key },
    data: { ...times, failure: failure ?? Prisma.DbNull, requests: { increment: requests } },
  });
}
