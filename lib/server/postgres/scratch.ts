import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import { applyMigrations } from '../migrations/apply.ts';
import { readMigrations } from '../migrations/history.ts';
import { migrateQueue } from '../migrations/queue.ts';
import { processStart } from './process-identity.ts';
import { SCRATCH } from './scratch-server.ts';

export type ScratchDatabase = {
  /** As the owner, a superuser. */
  ownerUrl: string;
  /** As `big_green_app`: give this to `openDatabase`. */
  appUrl: string;
  /** Throws the database away, whoever still uses it. */
  drop(): Promise<void>;
};

const addressSchema = z.union([
  z.object({ ownerUrl: z.string(), appUrl: z.string(), pid: z.number() }),
  z.object({ failure: z.string() }),
]);
type Address = { ownerUrl: string; appUrl: string; pid: number };

const START_MS = 50_000;
/** Any number, the same in all test processes: one at a time makes the template. */
const TEMPLATE_LOCK = 4_400_001;

/**
 * A fresh migrated database for a test, on a real PostgreSQL that all tests share and that stops by itself after the
 * last of them. For tests alone: throws when there is none to be had. Some 30 ms each once the server runs.
 */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  const server = await scratchServer();
  const template = await ensureTemplate(server.ownerUrl);
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await asOwner(server.ownerUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
    drop: async () => {
      await asOwner(server.ownerUrl, (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

/** A fresh database without a table in it, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<ScratchDatabase> {
  const server = await scratchServer();
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  await asOwner(server.ownerUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  return {
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
    drop: async () => {
      await asOwner(server.ownerUrl, (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

async function scratchServer(): Promise<Address> {
  mkdirSync(SCRATCH.users, { recursive: true });
  writeFileSync(join(SCRATCH.users, String(process.pid)), processStart(process.pid) ?? '');
  const giveUpAtMs = Date.now() + START_MS;
  let asked = 0;
  while (Date.now() < giveUpAtMs) {
    const address = readAddress();
    if (address !== undefined && processStart(address.pid) !== undefined) return address;
    // Asked again now and then: the one asked first may have found another on its way out.
    if (asked % 20 === 0) {
      const program = fileURLToPath(new URL('./scratch-server.ts', import.meta.url));
      spawn(process.execPath, [program], {
        detached: true,
        stdio: 'ignore',
        env: { NODE_ENV: 'production', PATH: '/usr/bin:/bin' },
      }).unref();
    }
    asked += 1;
    await sleep(100);
  }
  throw new Error('the test database did not start');
}

function readAddress(): Address | undefined {
  let text: string;
  try {
    text = readFileSync(SCRATCH.ready, 'utf8');
  } catch {
    return undefined;
  }
  const address = addressSchema.parse(JSON.parse(text));
  if (!('failure' in address)) return address;
  rmSync(SCRATCH.ready, { force: true });
  throw new Error(`the test database did not start: ${address.failure}`);
}

/** Migrates a database once for each state of the migrations; the others are copies of it. */
async function ensureTemplate(ownerUrl: string): Promise<string> {
  const state = createHash('sha256').update(JSON.stringify(readMigrations()));
  const name = `template_${state.digest('hex').slice(0, 16)}`;
  await asOwner(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount !== 0) return;
    await client.query(`DROP DATABASE IF EXISTS ${name}_draft WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}_draft TEMPLATE template0`);
    const url = onDatabase(ownerUrl, `${name}_draft`);
    const migrated = await applyMigrations(url);
    if (migrated.kind !== 'migrated') throw new Error(migrated.message);
    const queue = await migrateQueue(url);
    if (queue.kind !== 'queue-ready') throw new Error(queue.message);
    await client.query(`ALTER DATABASE ${name}_draft RENAME TO ${name}`);
  });
  return name;
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
