import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processCommand, processStart } from './process-identity.ts';

/** A living server on a data directory, as its own lock file tells. */
export type Postmaster = { pid: number; socketDir: string; ready: boolean; command: string };

/**
 * Reads `postmaster.pid` of a data directory (lines: pid, data directory, start, port, socket folder, address, shared
 * memory, status; src/include/utils/pidfile.h). Undefined when there is none or no server of this directory lives.
 */
export function livingPostmaster(cluster: string): Postmaster | undefined {
  const lines = readLines(cluster);
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || processStart(pid) === undefined) return undefined;
  const command = processCommand(pid) ?? '';
  if (!command.includes('postgres') || !command.includes(` -D ${cluster} `)) return undefined;
  return { pid, socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready', command };
}

/**
 * Lets a server start over a `postmaster.pid` whose process number now belongs to somebody else (after a restart of
 * the machine or the container), which it would take for a living server. PostgreSQL takes its own parent's number
 * for a dead one's; the rest of the file stays, as it guards the shared memory.
 */
export function disownPostmasterFile(cluster: string): void {
  const lines = readLines(cluster);
  if (lines === undefined || livingPostmaster(cluster) !== undefined) return;
  writeFileSync(join(cluster, 'postmaster.pid'), [String(process.pid), ...lines.slice(1)].join('\n'));
}

function readLines(cluster: string): string[] | undefined {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}
