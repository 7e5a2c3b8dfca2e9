import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inLedgerTransaction, openDatabase } from '../database.ts';
import { type RunningPostgres, startPostgres } from '../postgres/start.ts';
import { applyMigrations } from './apply.ts';
import { migrateQueue } from './queue.ts';

// Roles belong to a whole server, so this one is its own: as a team's PostgreSQL is before Big Green comes to it.
let base: string;
let server: RunningPostgres;
let owner: pg.Client;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'big-green-outside-'));
  chmodSync(base, 0o755);
  const started = await startPostgres({ dataDir: join(base, 'data'), rootHome: join(base, 'var') });
  if (started.kind !== 'running') throw new Error(started.message);
  server = started;
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  await owner.query('DROP ROLE big_green_app');
});
afterAll(async () => {
  await owner?.end();
  await server?.stop();
  rmSync(base, { recursive: true, force: true });
});

/** A database of a user's own, and its URL. */
async function databaseOf(user: string, powers: string): Promise<string> {
  await owner.query(`CREATE ROLE ${user} LOGIN ${powers} PASSWORD 'theirs'`);
  await owner.query(`CREATE DATABASE ${user} OWNER ${user}`);
  const url = new URL(server.ownerUrl);
  url.username = user;
  url.password = 'theirs';
  url.pathname = `/${user}`;
  return url.toString();
}

describe("a database of one's own (DATABASE_URL)", () => {
  test('whose user may make no role: says what an administrator is to run, and having run it, works', async () => {
    const url = await databaseOf('modest', 'NOCREATEROLE');
    const refused = await applyMigrations(url);
    expect(refused.kind).toBe('role');
    const byHand =
      refused.kind === 'role' ? /(CREATE ROLE .*; GRANT .*;)/.exec(refused.message)?.[1] : undefined;
    await owner.query(byHand ?? '');
    expect((await applyMigrations(url)).kind).toBe('migrated');
    await worksAsTheApplication(url);
    await dropOwned();
  });

  test('whose user may make roles, and is no superuser: makes it and takes it on', async () => {
    const url = await databaseOf('able', 'CREATEROLE');
    expect((await applyMigrations(url)).kind).toBe('migrated');
    expect((await applyMigrations(url)).kind).toBe('migrated');
    await worksAsTheApplication(url);
  });

  test('a second Big Green on the same server shares the role and nothing else', async () => {
    const url = await databaseOf('beside', 'CREATEROLE');
    await owner.query('GRANT big_green_app TO beside');
    expect((await applyMigrations(url)).kind).toBe('migrated');
    await worksAsTheApplication(url);
  });

  test("where the application's role has power it is refused", async () => {
    const url = await databaseOf('mighty', 'CREATEROLE');
    await owner.query('ALTER ROLE big_green_app BYPASSRLS');
    expect(await applyMigrations(url)).toMatchObject({
      kind: 'role',
      message: expect.stringContaining('NOBYPASSRLS'),
    });
    await owner.query('ALTER ROLE big_green_app NOBYPASSRLS');
  });
});

async function worksAsTheApplication(url: string): Promise<void> {
  expect(await migrateQueue(url)).toEqual({ kind: 'queue-ready' });
  const db = openDatabase(url);
  const size = await inLedgerTransaction(db, async (tx) => (await tx.ledgerHead.findFirstOrThrow()).size);
  expect(size).toBe(0n);
  await expect(db.$executeRaw`DELETE FROM ledger_entry`).rejects.toThrow(/permission denied/);
  await db.$queryRaw`SELECT graphile_worker.add_job('trial')`;
  expect(await db.$queryRaw`SELECT count(*)::int AS n FROM graphile_worker._private_jobs`).toEqual([
    { n: 1 },
  ]);
  await db.$disconnect();
}

async function dropOwned(): Promise<void> {
  await owner.query('DROP DATABASE modest WITH (FORCE)');
  await owner.query('DROP ROLE big_green_app');
}
