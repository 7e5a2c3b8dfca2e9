import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, failed } from './failure.ts';

/** A lock older than this is nobody's: a fetch is long ended by its own deadline. */
const lockLifeMs = 30 * 60_000;

/** The folder that holds copies of remote repositories: the one given, else one of this user's under the temporary one. */
export async function openCache(given: string | undefined): Promise<Answer<string>> {
  const user = process.getuid?.() ?? 0;
  const folder = given ?? join(tmpdir(), `big-green-repositories-${user}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const is = await lstat(folder);
    if (given === undefined && (!is.isDirectory() || (process.getuid && is.uid !== user)))
      return failed(
        'refused',
        `${folder} is not this user’s own folder; remove it, so that copies can be kept there.`,
      );
    return { ok: true, value: folder };
  } catch {
    return failed('refused', `Copies of repositories cannot be kept in ${folder}; make it writable.`);
  }
}

/** The name of an address's copy. Commits of 64 digits (SHA-256) want a repository of their own kind. */
export function mirrorName(url: URL, objectFormat: 'sha1' | 'sha256'): string {
  return `${createHash('sha256').update(url.href).digest('hex').slice(0, 32)}.${objectFormat}.git`;
}

/**
 * Does something while no other process works on the same copy. A lock left by a process that is gone, or older than
 * half an hour, is taken away. Gives up at `deadlineMs` (epoch milliseconds).
 */
export async function withLock<T>(
  mirror: string,
  deadlineMs: number,
  now: () => number,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const lock = `${mirror}.lock`;
  while (!(await take(lock))) {
    if (now() >= deadlineMs)
      return failed(
        'timeout',
        'Another process has been copying this repository for the whole time of this source.',
      );
    await clearAbandoned(lock, now());
    await pause(25);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/**
 * Removes what a fetch that was ended left behind: its lock, and the part of a pack that had come, which nothing else
 * removes and every next try adds to. To be called where no fetch is running: under the copy's lock.
 */
export async function clearLeftovers(mirror: string): Promise<void> {
  await rm(join(mirror, 'shallow.lock'), { force: true });
  const objects = join(mirror, 'objects');
  for (const folder of await readdir(objects).catch(() => [])) {
    if (!/^(pack|[0-9a-f]{2})$/.test(folder)) continue;
    for (const file of await readdir(join(objects, folder))) {
      if (file.startsWith('tmp_')) await rm(join(objects, folder, file), { force: true });
    }
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

async function clearAbandoned(lock: string, nowMs: number): Promise<void> {
  try {
    const owner = Number(await readFile(lock, 'utf8'));
    const ageMs = nowMs - (await stat(lock)).mtimeMs;
    // A lock is empty between its making and its writing.
    if (ageMs < lockLifeMs && (ageMs < 1000 || isAlive(owner))) return;
    const tomb = `${lock}.${randomUUID()}`;
    await rename(lock, tomb);
    await rm(tomb, { force: true });
  } catch {
    // Somebody else took it away, which is as good.
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
