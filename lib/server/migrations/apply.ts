import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ensureAppRole } from './app-role.ts';
import {
  codeOf,
  connectionFailure,
  type MigrationFailure,
  migrationFailure,
  poolerFailure,
} from './failure.ts';
import { type Applied, type Migration, pendingOf, readMigrations } from './history.ts';
import { goesThroughPooler } from './pooler.ts';

/** Prisma's own number for its migration lock, so that its tools and this applier keep out of each other's way. */
const MIGRATION_LOCK = 72707369;
const LOCK_WAIT_MS = 60_000;
/** LOCK_TABLE's rights and `sha256()` are as 0001_init wants them from here on. */
const OLDEST_SERVER = 140_000;

/** Prisma's table, as its own tools make it (schema-engine, sql-migration-persistence). */
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export type Migrated = { kind: 'migrated'; applied: string[] };

/**
 * Brings a database to this version's schema: the application's role, then each migration that is missing, each in a
 * transaction with its row in `_prisma_migrations`. `url` is a direct connection of the database's owner. Several at
 * once are safe: the second waits and finds nothing to do. Returns the names of what was applied.
 */
export async function applyMigrations(
  url: string,
  migrations: readonly Migration[] = readMigrations(),
): Promise<Migrated | MigrationFailure> {
  const where = addressOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // The application sets its role as a session begins, which some poolers refuse: better found out here.
  const options = '-c timezone=UTC';
  const second = new pg.Client({ connectionString: url, options, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle is told by the next query; unheard, it would end the process.
  client.on('error', () => undefined);
  second.on('error', () => undefined);
  try {
    await client.connect();
    await second.connect();
    if (await goesThroughPooler(client, second)) return poolerFailure(where);
    await second.end();
    return await migrate(client, migrations);
  } catch (error) {
    return connectionFailure(error, where);
  } finally {
    await Promise.allSettled([client.end(), second.end()]);
  }
}

async function migrate(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<Migrated | MigrationFailure> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  if ((rows[0]?.version ?? 0) < OLDEST_SERVER) {
    return migrationFailure('too-old', 'Big Green needs PostgreSQL 14 or later, and that server is older.');
  }
  await client.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  } catch (error) {
    if (codeOf(error) !== '55P03') throw error;
    return migrationFailure(
      'busy',
      'Another process has been migrating this database for a minute. Try again.',
    );
  }
  try {
    const refused = await ensureAppRole(client);
    if (refused !== undefined) return refused;
    await client.query(HISTORY_TABLE);
    const pending = pendingOf(migrations, await readApplied(client));
    if (pending.kind !== 'pending') return pending;
    const applied: string[] = [];
    for (const migration of pending.migrations) {
      const broken = await applyOne(client, migration);
      if (broken !== undefined) return broken;
      applied.push(migration.name);
    }
    return { kind: 'migrated', applied };
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
  }
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished,
           rolled_back_at IS NOT NULL AS "rolledBack"
    FROM _prisma_migrations ORDER BY migration_name`);
  return rows;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<MigrationFailure | undefined> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
    return undefined;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (codeOf(error) === '53100') {
      return migrationFailure('disk-full', `The database's disk is full: ${migration.name} was not applied.`);
    }
    const said = error instanceof Error ? error.message : String(error);
    return migrationFailure(
      'broken',
      `The migration ${migration.name} failed and left nothing behind: ${said}.`,
    );
  }
}

function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${decodeURIComponent(hostname)}${port === '' ? '' : `:${port}`}${pathname}`;
}
