import { chmodSync, mkdirSync } from 'node:fs';
import { chmod, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Layout } from './layout.ts';

/**
 * Makes the folder of everything that lasts. Under root the server is another user, who must get through to it: what
 * is made on the way stands open whatever the umask is, and what is secret is closed by itself. Throws what the file
 * system says.
 */
export function makeHome({ home, runAs }: Layout): void {
  const made = mkdirSync(home, { recursive: true, mode: 0o755 });
  if (runAs === undefined) return;
  chmodSync(home, 0o755);
  if (made === undefined) return;
  for (let folder = home; folder !== made; folder = dirname(folder)) chmodSync(dirname(folder), 0o755);
}

/** Opens a folder of programs, all the way down, to whoever is to run them: npm unpacks them by root's umask. */
export async function openPrograms(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openPrograms(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
