import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseStrictJson } from '#lib/canonical/parse.ts';
import type { LedgerEvent } from '#lib/domain/event.ts';
import { type Database, inLedgerTransaction, openDatabase } from '#lib/server/database.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { encodeEntry, maxEntryBytes } from './entry.ts';
import { append } from './store.ts';

const event = (n: number): LedgerEvent => ({
  type: 'check.requested',
  version: 1,
  launch: 'the-block',
  actor: 'local',
  data: { n },
});

describe('entries', () => {
  test('are canonical JSON, and their leaf hash is that of RFC 6962', () => {
    const entry = encodeEntry(event(7), 3, '2026-11-23T08:00:00.000Z', sha256);
    const text = new TextDecoder().decode(entry.bytes);
    expect(text).toBe(
      '{"actor":"local","at":"2026-11-23T08:00:00.000Z","data":{"n":7},"launch":"the-block","seq":3,"type":"check.requested","version":1}',
    );
    const leaf = createHash('sha256')
      .update(Buffer.from([0]))
      .update(entry.bytes)
      .digest('hex');
    expect(entry.leafHash).toBe(leaf);
  });

  test('over the limit are refused, since the tree could not take them', () => {
    const large = { ...event(0), data: { text: 'x'.repeat(maxEntryBytes) } };
    expect(() => encodeEntry(large, 0, '2026-11-23T08:00:00.000Z', sha256)).toThrow(/over the limit/);
  });
});

describe('the one writer', () => {
  let scratch: ScratchDatabase;
  let dbs: Database[];
  beforeAll(async () => {
    scratch = await scratchDatabase();
    dbs = [openDatabase(scratch.appUrl), openDatabase(scratch.appUrl)];
  });
  afterAll(async () => {
    await Promise.all(dbs.map((db) => db.$disconnect()));
    await scratch.drop();
  });

  test('200 writers of two processes: no gap, no fork, no error, and time never goes back', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const db = dbs[n % dbs.length];
        if (!db) throw new Error('no database');
        return inLedgerTransaction(db, (tx) => append(tx, [event(n), event(1000 + n)]));
      }),
    );
    const rows = (await dbs[0]?.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })) ?? [];
    expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 400 }, (_, n) => n));
    const read = rows.map(({ bytes, leafHash, at }) => {
      expect(Buffer.from(leafHash).toString('hex')).toBe(sha256(Buffer.concat([Buffer.from([0]), bytes])));
      const parsed = parseStrictJson(Buffer.from(bytes).toString('utf8'));
      if (!parsed.ok) throw new Error(parsed.message);
      expect(parsed.value).toMatchObject({ at: at.toISOString() });
      return parsed.value as { seq: number; data: { n: number } };
    });
    expect(read.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n));
    expect(new Set(read.map(({ data }) => data.n)).size).toBe(400);
    // The two events of one transaction stand side by side: nobody came between them.
    for (let n = 0; n < 400; n += 2) expect((read[n]?.data.n ?? 0) + 1000).toBe(read[n + 1]?.data.n);
    const times = rows.map(({ at }) => at.getTime());
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  test('what a failed transaction appended is not there', async () => {
    const [db] = dbs;
    if (!db) throw new Error('no database');
    const before = await db.ledgerEntry.count();
    const failing = inLedgerTransaction(db, async (tx) => {
      await append(tx, [event(5000)]);
      throw new Error('the verb failed');
    });
    await expect(failing).rejects.toThrow('the verb failed');
    expect(await db.ledgerEntry.count()).toBe(before);
  });
});
