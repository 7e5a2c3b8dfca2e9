import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** In the folder of demos, where a running one says how its story is reached. */
const fileIn = (demos: string) => join(demos, 'demo-story.json');

const schema = z.object({
  url: z.url({ protocol: /^http$/, hostname: /^localhost$/ }),
  pid: z.int(),
});
type Running = z.infer<typeof schema>;

/** Says that a demo runs. */
export async function sayRunning(running: Running, demos: string): Promise<void> {
  await writeFile(fileIn(demos), `${JSON.stringify(running)}\n`, { mode: 0o600 });
}

/** Takes that back when the demo ends, unless another has begun since. */
export async function sayEnded(pid: number, demos: string): Promise<void> {
  if ((await findRunning(demos))?.pid === pid) await rm(fileIn(demos), { force: true });
}

/** The demo that began last, or null when none says that it runs. */
export async function findRunning(demos: string): Promise<Running | null> {
  try {
    return schema.parse(JSON.parse(await readFile(fileIn(demos), 'utf8')));
  } catch {
    return null;
  }
}
