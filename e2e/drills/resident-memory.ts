import { readFileSync, writeFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;

/** What of a process is in memory, in bytes; null where the system does not say (/proc is Linux's). */
export interface ResidentMemory {
  readonly now: number;
  /** The most since its start, or since `forgetPeak`. */
  readonly peak: number;
}

/** Reads `VmRSS` and `VmHWM`: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function residentMemory(pid: number): ResidentMemory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
  } catch {
    return null;
  }
}

/** Sets the peak back to what is in memory now: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** "12.3 MiB" */
export function inMebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
