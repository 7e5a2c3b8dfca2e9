import pg from 'pg';
import { appConnection } from '#lib/server/database.ts';

/** One entry as it stands in the ledger. */
export interface LedgerRow {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly leafHash: Buffer;
}

/** Reads the whole ledger in its order, as the application's role. */
export async function readLedger(appUrl: string): Promise<readonly LedgerRow[]> {
  const client = new pg.Client(appConnection(appUrl));
  await client.connect();
  try {
    const { rows } = await client.query<{ seq: string; bytes: Buffer; leaf_hash: Buffer }>(
      'SELECT seq, bytes, leaf_hash FROM ledger_entry ORDER BY seq',
    );
    return rows.map(({ seq, bytes, leaf_hash }) => ({ seq: Number(seq), bytes, leafHash: leaf_hash }));
  } finally {
    await client.end();
  }
}
