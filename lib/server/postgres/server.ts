import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { SERVER_ENVIRONMENT } from './cluster.ts';
import { diskFull, failure, type PostgresFailure, saysDiskFull } from './failure.ts';
import type { Layout } from './layout.ts';
import { disownPostmasterFile, livingPostmaster, type Postmaster } from './postmaster-file.ts';
import { processStart } from './process-identity.ts';

const START_MS = 60_000;
/** After a server was killed, its orphans hold its shared memory for a moment: a start may fail until they are gone. */
const RETRY_MS = 15_000;
const STOP_MS = 30_000;
const LOG_BYTES = 10 * 1024 * 1024;

/** Starts the server of a prepared cluster and waits until it takes connections. */
export async function startServer(
  layout: Layout,
  binaries: Binaries,
  socketDir: string,
  settings: Record<string, string>,
): Promise<Postmaster | PostgresFailure> {
  const giveUpAtMs = Date.now() + RETRY_MS;
  for (;;) {
    disownPostmasterFile(layout.cluster);
    const outcome = await attempt(layout, binaries, serverArguments(layout, socketDir, settings));
    if (!('kind' in outcome) || outcome.kind !== 'start-failed' || Date.now() > giveUpAtMs) return outcome;
    if (!/shared memory|lock file|Address already in use|could not bind/i.test(outcome.message))
      return outcome;
    await sleep(250);
  }
}

async function attempt(
  layout: Layout,
  binaries: Binaries,
  args: string[],
): Promise<Postmaster | PostgresFailure> {
  const log = openLog(layout.log);
  // Detached: Ctrl-C reaches the app alone, which stops the server when it is done with it.
  const child = spawn(binaries.postgres, args, {
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...layout.runAs,
  });
  closeSync(log.fd);
  child.unref();
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  const giveUpAtMs = Date.now() + START_MS;
  while (ended === undefined && Date.now() < giveUpAtMs) {
    const living = livingPostmaster(layout.cluster);
    if (living?.ready && living.pid === child.pid) return living;
    await sleep(10);
  }
  child.kill('SIGINT');
  const said = readFileSync(layout.log).subarray(log.from).toString('utf8').trim();
  if (saysDiskFull(said)) return diskFull(layout.home);
  const reason = ended ?? `it was not ready after ${START_MS / 1000} seconds`;
  const end = said.split('\n').slice(-8).join('\n');
  return failure('start-failed', `PostgreSQL did not start: ${reason}.\n${end}\nIts log is ${layout.log}.`);
}

/** Everything acknowledged is on the disk (fsync, synchronous_commit), and nothing listens but the socket. */
function serverArguments(layout: Layout, socketDir: string, over: Record<string, string>): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    ...over,
  };
  return [
    '-D',
    layout.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

function openLog(path: string): { fd: number; from: number } {
  const fd = openSync(path, 'a', 0o600);
  if (statSync(path).size > LOG_BYTES) truncateSync(path);
  return { fd, from: statSync(path).size };
}

/** Waits until a living server takes connections or is gone. */
export async function waitForServer(cluster: string): Promise<Postmaster | undefined> {
  const giveUpAtMs = Date.now() + START_MS;
  for (;;) {
    const living = livingPostmaster(cluster);
    if (living === undefined || living.ready || Date.now() > giveUpAtMs) return living;
    await sleep(20);
  }
}

/** Stops a server: fast (sessions are cut, data is checkpointed), and if it does not heed that, at once. */
export async function stopServer(pid: number): Promise<void> {
  const start = processStart(pid);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (start === undefined || processStart(pid) !== start) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const giveUpAtMs = Date.now() + STOP_MS;
    while (processStart(pid) === start && Date.now() < giveUpAtMs) await sleep(20);
  }
}
