import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyDatabase, type ScratchDatabase } from '../postgres/scratch.ts';
import { applyMigrations } from './apply.ts';
import { type Migration, readMigrations } from './history.ts';
import { transactionPooler } from './transaction-pooler.fixture.ts';

let scratch: ScratchDatabase;
let owner: pg.Client;

beforeEach(async () => {
  scratch = await emptyDatabase();
  owner = new pg.Client({ connectionString: scratch.ownerUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await scratch.drop();
});

const migration = (name: string, sql: string, checksum = name): Migration => ({ name, sql, checksum });
const first = migration('0001_first', 'CREATE TABLE a (id int)');

async function names(): Promise<string[]> {
  const { rows } = await owner.query('SELECT migration_name FROM _prisma_migrations ORDER BY 1');
  return rows.map((row) => row.migration_name);
}

describe('applyMigrations', () => {
  test("applies what is missing, once, with rows that Prisma's tools accept", async () => {
    const ours = readMigrations();
    expect(await applyMigrations(scratch.ownerUrl)).toEqual({
      kind: 'migrated',
      applied: ours.map((one) => one.name),
    });
    expect(await applyMigrations(scratch.ownerUrl)).toEqual({ kind: 'migrated', applied: [] });
    const { rows } = await owner.query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(rows.map((row) => row.checksum)).toEqual(ours.map((one) => one.checksum));
    for (const row of rows) {
      expect(row).toMatchObject({ rolled_back_at: null, logs: null, applied_steps_count: 1 });
      expect(row.finished_at).toBeInstanceOf(Date);
      expect(row.id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('several at once apply each migration once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(scratch.ownerUrl)));
    expect(outcomes.flatMap((one) => (one.kind === 'migrated' ? one.applied : [one.message]))).toEqual(
      readMigrations().map((one) => one.name),
    );
  });

  test('a migration that fails leaves nothing of itself, and what went before it stays', async () => {
    const broken = migration('0002_broken', 'CREATE TABLE b (id int); CREATE TABLE a (id int)');
    const outcome = await applyMigrations(scratch.ownerUrl, [first, broken]);
    expect(outcome).toMatchObject({ kind: 'broken', message: expect.stringContaining('0002_broken') });
    expect(await names()).toEqual(['0001_first']);
    await expect(owner.query('SELECT * FROM b')).rejects.toThrow(/does not exist/);
    const fixed = migration('0002_broken', 'CREATE TABLE b (id int)');
    expect(await applyMigrations(scratch.ownerUrl, [first, fixed])).toMatchObject({
      applied: ['0002_broken'],
    });
  });

  test('an edited migration is refused', async () => {
    await applyMigrations(scratch.ownerUrl, [first]);
    const edited = { ...first, checksum: 'another' };
    expect(await applyMigrations(scratch.ownerUrl, [edited])).toMatchObject({ kind: 'edited' });
  });

  test('a database of a newer version is refused', async () => {
    await applyMigrations(scratch.ownerUrl, [first, migration('0002_second', 'SELECT 1')]);
    expect(await applyMigrations(scratch.ownerUrl, [first])).toMatchObject({ kind: 'missing' });
  });

  test('a transaction pooler is found out', async () => {
    const pooler = await transactionPooler(scratch.ownerUrl);
    const outcome = await applyMigrations(pooler.url, [first]);
    await pooler.close();
    expect(outcome).toMatchObject({ kind: 'pooler', message: expect.stringContaining('direct address') });
    expect(outcome).not.toMatchObject({ message: expect.stringContaining(new URL(pooler.url).password) });
  });

  test('an address where nothing answers, and a wrong password, are said without the password', async () => {
    const nobody = await applyMigrations('postgresql://me:hunter2@127.0.0.1:1/db');
    expect(nobody).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('127.0.0.1:1/db') });
    expect(nobody).not.toMatchObject({ message: expect.stringContaining('hunter2') });
    const url = new URL(scratch.ownerUrl);
    url.password = 'wrong';
    expect(await applyMigrations(url.toString())).toMatchObject({ kind: 'refused' });
  });
});
