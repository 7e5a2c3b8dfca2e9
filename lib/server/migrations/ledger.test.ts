import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appConnection, type Database, inLedgerTransaction, openDatabase } from '../database.ts';
import { type ScratchDatabase, scratchDatabase } from '../postgres/scratch.ts';

const NOON = '2024-02-29T12:00:00.000Z';
const BYTES = Buffer.from('{"type":"trial"}');

let scratch: ScratchDatabase;
let app: pg.Client;
let owner: pg.Client;
let db: Database;

beforeAll(async () => {
  scratch = await scratchDatabase();
  app = new pg.Client(appConnection(scratch.appUrl));
  owner = new pg.Client({ connectionString: scratch.ownerUrl });
  await app.connect();
  await owner.connect();
  db = openDatabase(scratch.appUrl);
  await append(0);
});
afterAll(async () => {
  await db.$disconnect();
  await app.end();
  await owner.end();
  await scratch.drop();
});

function leafOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(bytes).digest();
}

function append(seq: number, over: { at?: string; bytes?: Buffer; leaf?: Buffer } = {}): Promise<unknown> {
  const bytes = over.bytes ?? BYTES;
  return app.query('SELECT ledger_append($1, $2, $3, $4, $5, $6, $7, $8)', [
    ...[seq, over.at ?? NOON, 'trial', 1, null, 'test'],
    ...[bytes, over.leaf ?? leafOf(bytes)],
  ]);
}

async function size(): Promise<number> {
  const { rows } = await app.query<{ size: string }>('SELECT size FROM ledger_head');
  return Number(rows[0]?.size);
}

describe('ledger_append', () => {
  test('counts from nothing, and keeps time and order', async () => {
    const next = await size();
    await append(next);
    expect(await size()).toBe(next + 1);
    const { rows } = await app.query('SELECT at, leaf_hash FROM ledger_entry WHERE seq = $1', [next]);
    expect(rows[0]).toEqual({ at: new Date(NOON), leaf_hash: leafOf(BYTES) });
  });

  test.each([
    ['a gap', 2, {}, /out of order: the next entry is/],
    ['a number that is taken', -1, {}, /out of order/],
    ['a time before the last', 0, { at: '2024-02-29T11:59:59.999Z' }, /before the entry it follows/],
    ['a time far ahead, which nothing could follow', 0, { at: '2999-01-01T00:00:00.000Z' }, /still to come/],
    ['a time without end', 0, { at: 'infinity' }, /still to come/],
    ['a leaf hash of other bytes', 0, { leaf: leafOf(Buffer.from('other')) }, /leaf hash/],
    ['65 536 bytes', 0, { bytes: Buffer.alloc(65_536) }, /at most 65535/],
  ])('refuses %s', async (_, offset, over, said) => {
    const before = await size();
    await expect(append(before + offset, over)).rejects.toThrow(said);
    expect(await size()).toBe(before);
  });

  test('takes 65 535 bytes', async () => {
    await append(await size(), { bytes: Buffer.alloc(65_535) });
  });

  test('refuses a transaction that reads an old picture', async () => {
    await app.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await expect(append(await size())).rejects.toThrow(/READ COMMITTED/);
    await app.query('ROLLBACK');
  });

  test('200 writers at once: no gap, no fork, no error', async () => {
    const from = await size();
    const second = openDatabase(scratch.appUrl);
    const writers = Array.from({ length: 200 }, (_, index) =>
      inLedgerTransaction(index % 2 === 0 ? db : second, async (tx) => {
        const head = await tx.ledgerHead.findUniqueOrThrow({ where: { one: true } });
        const bytes = new Uint8Array(Buffer.from(JSON.stringify({ after: Number(head.size), index })));
        const leaf = new Uint8Array(leafOf(Buffer.from(bytes)));
        await tx.$queryRaw`SELECT ledger_append(${head.size}::bigint, ${NOON}::timestamptz, 'trial', 1, NULL,
          ${`writer ${index}`}, ${bytes}::bytea, ${leaf}::bytea)`;
      }),
    );
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter((one) => one.status === 'rejected')).toEqual([]);
    await second.$disconnect();
    const { rows } = await app.query<{ seq: string; actor: string; bytes: Buffer }>(
      'SELECT seq, actor, bytes FROM ledger_entry WHERE seq >= $1 ORDER BY seq',
      [from],
    );
    expect(rows.map((row) => Number(row.seq))).toEqual(
      Array.from({ length: 200 }, (_, index) => from + index),
    );
    expect(rows.map((row) => JSON.parse(row.bytes.toString()).after)).toEqual(
      rows.map((row) => Number(row.seq)),
    );
    expect(new Set(rows.map((row) => row.actor)).size).toBe(200);
    expect(await size()).toBe(from + 200);
  });
});

const WRITES = [
  `INSERT INTO ledger_entry VALUES (999999, now(), 'x', 1, NULL, 'x', '\\x00', '\\x00')`,
  "UPDATE ledger_entry SET actor = 'somebody else'",
  'UPDATE ledger_entry SET seq = seq WHERE false',
  'DELETE FROM ledger_entry',
  'TRUNCATE ledger_entry',
  'INSERT INTO ledger_head VALUES (true, 0, NULL)',
  'UPDATE ledger_head SET size = size + 1',
  'UPDATE ledger_head SET size = 0, last_at = NULL',
  'DELETE FROM ledger_head',
  'TRUNCATE ledger_head',
];

describe('nothing is written around it', () => {
  test.each(WRITES)('the application is refused %s', async (sql) => {
    const before = await everything();
    await expect(app.query(sql)).rejects.toThrow(/permission denied|append-only/);
    expect(await everything()).toEqual(before);
  });

  // An INSERT of the owner's is found by verification: it is not counted by the head.
  test.each(WRITES.slice(1))('the owner is refused %s', async (sql) => {
    const before = await everything();
    await expect(owner.query(sql)).rejects.toThrow(/append-only|moves with an entry/);
    await owner.query('SET session_replication_role = replica');
    await expect(owner.query(sql)).rejects.toThrow(/append-only|moves with an entry/);
    await owner.query('RESET session_replication_role');
    expect(await everything()).toEqual(before);
  });

  test.each([
    ['SET session_replication_role = replica', /permission denied/],
    ['ALTER TABLE ledger_entry DISABLE TRIGGER ALL', /must be owner/],
    ['DROP TABLE ledger_entry', /must be owner/],
    ['CREATE TABLE public.mine (id int)', /permission denied/],
    ['SET ROLE big_green_owner', /permission denied/],
    ['SELECT * FROM _prisma_migrations', /permission denied/],
    [
      'CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN END$$',
      /permission denied|must be owner/,
    ],
  ])('the application is refused %s', async (sql, said) => {
    await expect(app.query(sql)).rejects.toThrow(said);
  });

  test("a function of the caller's own does not get between", async () => {
    await app.query('CREATE TEMP TABLE ledger_head (one boolean, size bigint, last_at timestamptz)');
    await app.query('CREATE TEMP TABLE ledger_entry (LIKE public.ledger_entry)');
    await app.query('SET search_path = pg_temp, public');
    const { rows } = await owner.query<{ size: string }>('SELECT size FROM ledger_head');
    await append(Number(rows[0]?.size));
    await app.query('RESET search_path');
    await app.query('DROP TABLE pg_temp.ledger_head, pg_temp.ledger_entry');
    expect(await size()).toBe(Number(rows[0]?.size) + 1);
  });
});

async function everything(): Promise<unknown[]> {
  const entries = await owner.query('SELECT * FROM ledger_entry ORDER BY seq');
  const head = await owner.query('SELECT * FROM ledger_head');
  return [entries.rows, head.rows];
}

describe("the application's role", () => {
  test('owns nothing and has no power', async () => {
    const { rows } = await owner.query(
      `SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
              (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname = 'big_green_app'`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
        owned: 0,
      },
    ]);
  });

  test('may read and write every table but those that are histories', async () => {
    const { rows } = await owner.query<{ name: string; may: string }>(
      `SELECT c.relname AS name, string_agg(p, ' ' ORDER BY p) FILTER (WHERE has_table_privilege('big_green_app', c.oid, p)) AS may
       FROM pg_class c, unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) p
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY 1`,
    );
    const special: Record<string, string | null> = {
      ledger_entry: 'SELECT',
      ledger_head: 'SELECT',
      _prisma_migrations: null,
      // A history: what was once so stays so.
      standing_change: 'DELETE INSERT SELECT',
      hook_delivery: 'DELETE INSERT SELECT',
    };
    expect(rows.length).toBeGreaterThan(12);
    for (const { name, may } of rows) {
      expect([name, may]).toEqual([name, name in special ? special[name] : 'DELETE INSERT SELECT UPDATE']);
    }
  });
});
