/**
 * The server behind `scratchDatabase`, a process of its own because the tests of one run are many processes. It
 * stops by itself when none of those that asked for it lives any more.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { processStart } from './process-identity.ts';
import { startPostgres } from './start.ts';

const FOLDER = fileURLToPath(new URL('../../../.big-green/scratch', import.meta.url));
const USERS = join(FOLDER, 'users');
const READY = join(FOLDER, 'ready.json');

/** Where the server's address stands while it runs. */
export const SCRATCH = { folder: FOLDER, users: USERS, ready: READY };

/** Serves the database that tests share, until nobody uses it any more. Says in `SCRATCH.ready` where it is, or why not. */
export async function serveScratch(): Promise<void> {
  mkdirSync(USERS, { recursive: true });
  const server = await startPostgres({
    dataDir: FOLDER,
    // Nothing here is worth a wait for the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  if (server.kind === 'in-use') return;
  if (server.kind !== 'running') {
    writeReady({ failure: server.message });
    return;
  }
  await dropLeftovers(server.ownerUrl);
  const ready = { ownerUrl: server.ownerUrl, appUrl: server.appUrl, pid: server.pid };
  let serving = true;
  server.ended.then(() => {
    serving = false;
  });
  writeReady(ready);
  while (serving) {
    await sleep(500);
    if (someUserLives()) continue;
    rmSync(READY, { force: true });
    // Whoever came in between has left a name and looks for the address again.
    if (!someUserLives()) break;
    writeReady(ready);
  }
  rmSync(READY, { force: true });
  await server.stop();
}

function writeReady(value: object): void {
  writeFileSync(`${READY}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${READY}.new`, READY);
}

function someUserLives(): boolean {
  let lives = false;
  for (const name of readdirSync(USERS)) {
    const start = readFileSync(join(USERS, name), 'utf8');
    // An empty file is one that is being written.
    if (start === '' || processStart(Number(name)) === start) lives = true;
    else rmSync(join(USERS, name), { force: true });
  }
  return lives;
}

/** Databases of tests that were killed. Templates stay. */
async function dropLeftovers(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE datname LIKE 'scratch\\_%'",
  );
  for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serveScratch();
