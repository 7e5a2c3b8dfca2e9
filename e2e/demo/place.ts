import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inheritedEnvironment } from '#lib/server/env.ts';
import { currentUser, layoutOf } from '#lib/server/postgres/layout.ts';
import { stopServer } from '#lib/server/postgres/server.ts';
import { findPostgres } from '#lib/server/postgres/start.ts';

/** Where demos keep what they need while they run: a folder of their own each, so that nobody's data is touched. */
export const demos = resolve(inheritedEnvironment().BIG_GREEN_DATA || '.big-green');

/** Of its database, in that folder. */
export const dataIn = (folder: string) => join(folder, 'data');

/** Makes this process's folder within that of demos, and first throws away what demos left that were killed. */
export async function makeFolder(within: string, runtimeDir: string | undefined): Promise<string> {
  await mkdir(within, { recursive: true });
  for (const name of await readdir(within)) {
    const pid = Number(/^demo-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) await throwAway(join(within, name), runtimeDir);
  }
  const folder = join(within, `demo-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

async function throwAway(folder: string, runtimeDir: string | undefined): Promise<void> {
  const dataDir = dataIn(folder);
  const left = await findPostgres({ dataDir, runtimeDir });
  if (left.kind === 'found') await stopServer(left.pid);
  await rm(layoutOf({ dataDir, user: currentUser() }).home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Ends a demo's database without ado, also one that is only just starting. */
export async function killDatabase(folder: string, runtimeDir: string | undefined): Promise<void> {
  const left = await findPostgres({ dataDir: dataIn(folder), runtimeDir });
  if (left.kind === 'found') process.kill(left.pid, 'SIGQUIT');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
