import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { appConnection, type Database, inLedgerTransaction, openDatabase, Prisma } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { type ScratchDatabase, scratchDatabase } from './postgres/scratch.ts';

let scratch: ScratchDatabase;
let db: Database;

beforeAll(async () => {
  scratch = await scratchDatabase();
  db = openDatabase(scratch.appUrl, { connections: 4 });
});
afterAll(async () => {
  await db.$disconnect();
  await scratch.drop();
});

afterEach(async () => {
  await db.source.deleteMany();
});

const source = (key: string) => ({ key, kind: 'endpoint', origin: 'http://localhost' });

test("works as the application's role whoever the URL logs in as, and keeps the options the URL has", async () => {
  const url = new URL(scratch.ownerUrl);
  url.searchParams.set('options', '-c application_name=mine');
  const asOwner = openDatabase(url.toString());
  const rows = await asOwner.$queryRaw`
    SELECT current_user::text AS role, current_setting('application_name') AS name, current_setting('TimeZone') AS zone`;
  await asOwner.$disconnect();
  expect(rows).toEqual([{ role: 'big_green_app', name: 'mine', zone: 'UTC' }]);
});

describe('inLedgerTransaction', () => {
  test('returns what the function returns, and keeps nothing of one that throws', async () => {
    const made = await inLedgerTransaction(db, (tx) => tx.source.create({ data: source('kept') }));
    expect(made.key).toBe('kept');
    const failing = inLedgerTransaction(db, async (tx) => {
      await tx.source.create({ data: source('lost') });
      throw new Error('decided against');
    });
    await expect(failing).rejects.toThrow('decided against');
    expect(await db.source.findMany()).toHaveLength(1);
  });

  test('is READ COMMITTED and holds the lock from its first statement', async () => {
    await inLedgerTransaction(db, async (tx) => {
      const [level] = await tx.$queryRaw<
        { level: string }[]
      >`SELECT current_setting('transaction_isolation') AS level`;
      expect(level?.level).toBe('read committed');
      const other = new pg.Client(appConnection(scratch.appUrl));
      await other.connect();
      await other.query('BEGIN');
      await expect(other.query('LOCK TABLE ledger_head IN EXCLUSIVE MODE NOWAIT')).rejects.toThrow(
        /could not obtain lock/,
      );
      await other.query('ROLLBACK');
      // Reading goes on beside it.
      expect((await other.query('SELECT size FROM ledger_head')).rowCount).toBe(1);
      await other.end();
    });
  });

  test('leaves connections for readers while many wait for the lock', async () => {
    const blocker = new pg.Client(appConnection(scratch.appUrl));
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE ledger_head IN EXCLUSIVE MODE');
    const writers = Array.from({ length: 20 }, () => inLedgerTransaction(db, (tx) => tx.source.count()));
    expect(await db.source.count()).toBe(0);
    await blocker.query('COMMIT');
    await blocker.end();
    expect(await Promise.all(writers)).toEqual(Array(20).fill(0));
  });
});

describe('databaseFailure', () => {
  test('names a lock that was not to be had', async () => {
    const failing = inLedgerTransaction(db, async (tx) => {
      const other = openDatabase(scratch.appUrl);
      try {
        await other.$transaction([
          other.$executeRaw`SET LOCAL lock_timeout = 50`,
          other.$executeRaw`LOCK TABLE ledger_head IN EXCLUSIVE MODE`,
        ]);
      } finally {
        await other.$disconnect();
      }
      return tx;
    });
    expect(databaseFailure(await failing.catch((error) => error))?.kind).toBe('busy');
  });

  test.each(['53100', '57P01', '08006', '55P03'])(
    "knows %s in raw SQL and in a model's own query",
    async (code) => {
      const raw = await db
        .$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$`)
        .catch((e) => e);
      const kinds = { '53100': 'disk-full', '57P01': 'unreachable', '08006': 'unreachable', '55P03': 'busy' };
      expect(databaseFailure(raw)?.kind).toBe(Reflect.get(kinds, code));
      const owner = new pg.Client({ connectionString: scratch.ownerUrl });
      await owner.connect();
      await owner.query(`CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END $$;
      CREATE TRIGGER t BEFORE INSERT ON source EXECUTE FUNCTION f()`);
      const model = await db.source.create({ data: source('x') }).catch((e) => e);
      await owner.query('DROP FUNCTION f CASCADE');
      await owner.end();
      expect(databaseFailure(model)?.kind).toBe(Reflect.get(kinds, code));
    },
  );

  test('knows a server that is not there', async () => {
    const nobody = openDatabase('postgresql://u:p@127.0.0.1:1/x');
    expect(databaseFailure(await nobody.source.count().catch((e) => e))?.kind).toBe('unreachable');
    await nobody.$disconnect();
    const url = new URL(scratch.appUrl);
    url.host = encodeURIComponent('/nowhere');
    const noSocket = openDatabase(url.toString());
    expect(databaseFailure(await noSocket.source.count().catch((e) => e))?.kind).toBe('unreachable');
    await noSocket.$disconnect();
  });

  test.each([0, 200])(
    'knows a session that was cut, asked %d ms later, and works on afterwards',
    async (laterMs) => {
      const owner = new pg.Client({ connectionString: scratch.ownerUrl });
      await owner.connect();
      const cut = inLedgerTransaction(db, async (tx) => {
        await owner.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        );
        await new Promise((resolve) => setTimeout(resolve, laterMs));
        return tx.source.count();
      });
      const failure = databaseFailure(await cut.catch((e) => e));
      await owner.end();
      expect(failure?.kind).toBe('unreachable');
      expect(await db.source.count()).toBe(0);
    },
  );

  test('leaves a bug a bug', async () => {
    const twice = db.source.createMany({ data: [source('a'), source('a')] });
    expect(databaseFailure(await twice.catch((e) => e))).toBeUndefined();
    expect(databaseFailure(await db.$queryRaw`SELECT nothing`.catch((e) => e))).toBeUndefined();
    expect(databaseFailure(new Error('x', { cause: new TypeError('y') }))).toBeUndefined();
    expect(
      databaseFailure(Object.assign(new Error('no file'), { code: 'ENOENT', syscall: 'open' })),
    ).toBeUndefined();
    expect(databaseFailure(undefined)).toBeUndefined();
  });
});

test('JSON null and SQL null are told apart', async () => {
  await db.source.create({ data: { ...source('a'), failure: { kind: 'timeout' } } });
  await db.source.update({ where: { key: 'a' }, data: { failure: Prisma.DbNull } });
  expect(await db.$queryRaw`SELECT failure IS NULL AS gone FROM source`).toEqual([{ gone: true }]);
});
