import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process began, as a text that a later process with the same number does not share; undefined when it does
 * not live (a zombie does not). Linux: /proc/<pid>/stat field 22, ticks since boot, with the boot's id (proc(5)).
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readProc(`/proc/${pid}/stat`);
    // The name in field 2 may hold spaces and brackets; what follows the last bracket begins with field 3.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readProc('/proc/sys/kernel/random/boot_id')?.trim()}/${fields[19]}`;
  }
  const line = ps(pid, 'stat=,lstart=');
  return line === undefined || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}

/** The command line of a living process, its arguments divided by blanks. */
export function processCommand(pid: number): string | undefined {
  if (process.platform === 'linux') return readProc(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ');
  return ps(pid, 'command=');
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string | undefined {
  try {
    const args = ['-p', String(pid), '-o', columns];
    return (
      execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
