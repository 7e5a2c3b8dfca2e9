import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where a running demo says how its story is reached. */
export const runningFile = fileURLToPath(new URL('../../.big-green/demo-story.json', import.meta.url));

const schema = z.object({ url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }), pid: z.int() });
type Running = z.infer<typeof schema>;

/** Says that a demo runs. */
export async function sayRunning(running: Running, file: string = runningFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(running)}\n`, { mode: 0o600 });
}

/** Takes that back when the demo ends, unless another has begun since. */
export async function sayEnded(pid: number, file: string = runningFile): Promise<void> {
  const running = await findRunning(file);
  if (running === null || running.pid === pid) await rm(file, { force: true });
}

/** The running demo, or null when none says so. */
export async function findRunning(file: string = runningFile): Promise<Running | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
