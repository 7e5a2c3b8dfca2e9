import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { takeAppLock } from './app-lock.ts';
import { prepareBinaries, removeOldBinaries } from './binaries.ts';
import { type Credentials, OWNER_ROLE, prepareCluster, readCredentials } from './cluster.ts';
import { diskFull, failure, fileFailure, type PostgresFailure } from './failure.ts';
import { makeHome } from './home.ts';
import { currentUser, type Layout, layoutOf } from './layout.ts';
import { livingPostmaster, type Postmaster } from './postmaster-file.ts';
import { processStart } from './process-identity.ts';
import { startServer, stopServer, waitForServer } from './server.ts';
import { openSocketFolder } from './socket-folder.ts';

const DATABASE = 'big_green';
const APP_ROLE = 'big_green_app';

export type EmbeddedOptions = {
  /** The folder asked for. Root keeps the data under /var/lib/big-green, in a folder named by a hash of it. */
  dataDir: string;
  /** XDG_RUNTIME_DIR, if there is one: the best place for the socket. */
  runtimeDir?: string | undefined;
  /** Where root's data goes instead of /var/lib/big-green. */
  rootHome?: string | undefined;
  /** Settings of PostgreSQL's over our own: for databases that are thrown away. */
  settings?: Record<string, string> | undefined;
};

/** How to reach a running embedded database. The URLs hold passwords. */
export type PostgresAddress = {
  /** As the owner of everything, a superuser: for migrations alone. */
  ownerUrl: string;
  /** As `big_green_app`. */
  appUrl: string;
  socketDir: string;
  /** The folder of everything that lasts. */
  home: string;
  /** The file that holds the installation's secret, if it has one of its own. */
  secretFile: string;
  pid: number;
};

export type RunningPostgres = PostgresAddress & {
  kind: 'running';
  /** True when it outlived an app that was killed; false when it was started now. */
  adopted: boolean;
  /** Resolves when the server has ended, whoever ended it; start again then. Does not keep the process alive. */
  ended: Promise<void>;
  /** Stops the server (fast) and gives the folder free. */
  stop(): Promise<void>;
  /** Stops it and throws away everything it kept, secret included: for a database of one run, as a demo's. */
  erase(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a folder, or adopts the one that runs there, and holds the folder for this
 * process until `stop`. The first start makes the cluster, the database and the application's role.
 */
export async function startPostgres(options: EmbeddedOptions): Promise<RunningPostgres | PostgresFailure> {
  const layout = layoutOf({ ...options, user: currentUser() });
  try {
    makeHome(layout);
  } catch (error) {
    return fileFailure(error, layout.home);
  }
  const lock = takeAppLock(layout.lock);
  if (lock.kind !== 'lock') return lock;
  const outcome = await start(layout, options.settings ?? {}).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  if (outcome.kind !== 'running') {
    lock.release();
    return outcome;
  }
  const stop = async () => {
    await stopServer(outcome.pid);
    lock.release();
  };
  const erase = async () => {
    await stop();
    await rm(layout.home, { recursive: true, force: true });
  };
  return { ...outcome, ended: whenEnded(outcome.pid), stop, erase };
}

/** Finds the embedded PostgreSQL that another process of this user runs on a folder, without a claim on it. */
export async function findPostgres(
  options: EmbeddedOptions,
): Promise<(PostgresAddress & { kind: 'found' }) | PostgresFailure> {
  const layout = layoutOf({ ...options, user: currentUser() });
  const living = livingPostmaster(layout.cluster);
  const credentials = readCredentials(layout);
  if (living === undefined || credentials === undefined) {
    return failure('not-running', `No Big Green runs on ${layout.home}. Start it with "npm start".`);
  }
  return { kind: 'found', ...addressOf(layout, living, credentials) };
}

async function start(
  layout: Layout,
  settings: Record<string, string>,
): Promise<Omit<RunningPostgres, 'ended' | 'stop' | 'erase'> | PostgresFailure> {
  const binaries = await prepareBinaries(layout);
  if (binaries.kind !== 'binaries') return binaries;
  const credentials = await prepareCluster(layout, binaries);
  if ('kind' in credentials) return credentials;

  const left = await waitForServer(layout.cluster);
  const adoptable = left?.ready === true && left.command.startsWith(binaries.postgres);
  if (left !== undefined && !adoptable) await stopServer(left.pid);

  let running = adoptable ? left : undefined;
  if (running === undefined) {
    const socket = openSocketFolder(layout);
    if (socket.kind !== 'socket-folder-ready') return socket;
    const started = await startServer(layout, binaries, socket.folder, settings);
    if ('kind' in started) return started;
    running = started;
  }
  const address = addressOf(layout, running, credentials);
  const refused = await ensureDatabase(address, credentials).then(
    () => undefined,
    (error: unknown) => refusal(error, layout),
  );
  if (refused !== undefined) {
    await stopServer(running.pid);
    return refused;
  }
  await removeOldBinaries(layout.home, binaries);
  return { kind: 'running', adopted: adoptable, ...address };
}

function addressOf(layout: Layout, server: Postmaster, credentials: Credentials): PostgresAddress {
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@${encodeURIComponent(server.socketDir)}:5432/${DATABASE}?sslmode=disable`;
  return {
    ownerUrl: url(OWNER_ROLE, credentials.ownerPassword),
    appUrl: url(APP_ROLE, credentials.appPassword),
    socketDir: server.socketDir,
    home: layout.home,
    secretFile: layout.secret,
    pid: server.pid,
  };
}

/** Makes the application's role and the database where they are missing; a start that was cut short is finished. */
async function ensureDatabase(address: PostgresAddress, credentials: Credentials): Promise<void> {
  const url = new URL(address.ownerUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  try {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
    // The password is base64url: nothing in it needs quoting.
    const login = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '${credentials.appPassword}'`;
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${APP_ROLE} ${login}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0`);
  } finally {
    await client.end();
  }
}

function refusal(error: unknown, layout: Layout): PostgresFailure {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code === '53100') return diskFull(layout.home);
  const said = error instanceof Error ? error.message : String(error);
  const hint = code === '28P01' ? ` Its passwords are in ${layout.credentials}.` : '';
  return failure('start-failed', `PostgreSQL runs, but does not let Big Green in: ${said}.${hint}`);
}

async function whenEnded(pid: number): Promise<void> {
  const begun = processStart(pid);
  while (begun !== undefined && processStart(pid) === begun) await sleep(500, undefined, { ref: false });
}
