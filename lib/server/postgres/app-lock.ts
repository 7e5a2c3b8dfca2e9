import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { failure, fileFailure, type PostgresFailure } from './failure.ts';
import { processStart } from './process-identity.ts';

const holderSchema = z.object({ pid: z.number().int(), start: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

export type AppLock = { kind: 'lock'; release(): void };

/**
 * Takes the one lock of a database's home for this process. A lock whose process has died is taken over; one whose
 * process lives (same number, same start) is `in-use`. The file comes into being whole, by a link.
 */
export function takeAppLock(path: string): AppLock | PostgresFailure {
  const start = processStart(process.pid);
  if (start === undefined) throw new Error('this process cannot find its own start');
  const mine: Holder = { pid: process.pid, start, token: randomUUID() };
  const draft = `${path}.${mine.token}`;
  try {
    writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      if (linkIfFree(draft, path)) {
        return { kind: 'lock', release: () => release(path, mine.token) };
      }
      const holder = readHolder(path);
      if (holder === 'gone') continue;
      if (holder !== 'unreadable' && processStart(holder.pid) === holder.start) {
        return failure(
          'in-use',
          `Another Big Green (process ${holder.pid}) is at work on this database. Stop it first, or give this one a folder of its own with BIG_GREEN_DATA.`,
        );
      }
      setAside(path, holder === 'unreadable' ? undefined : holder.token);
    }
    return failure('in-use', 'Others are starting on this database at this moment. Try again.');
  } catch (error) {
    return fileFailure(error, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function linkIfFree(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | 'gone' | 'unreadable' {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

/** Moves a dead lock away. Should a living one have come in between, it is put back. */
function setAside(path: string, deadToken: string | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (typeof moved !== 'string' && moved.token !== deadToken) linkIfFree(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, token: string): void {
  const holder = readHolder(path);
  if (typeof holder !== 'string' && holder.token === token) rmSync(path, { force: true });
}
