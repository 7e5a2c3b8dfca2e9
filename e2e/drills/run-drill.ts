import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Drill } from './drill.ts';

/**
 * Runs a drill, prints what it did and measured, and leaves nothing behind, also when it is interrupted.
 *
 * @returns whether every promise held; a drill that throws, or lasts too long, has kept none.
 */
export async function runDrill(
  drill: Drill,
  given: number | null,
  interrupted: AbortSignal,
): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), `big-green-drill-${drill.name}-`));
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const beganMs = Date.now();
  let held = 0;
  let broken = 0;
  const say = (words: string) => console.log(words);
  const promise = (words: string, isHeld: boolean, measured?: string) => {
    if (isHeld) held += 1;
    else broken += 1;
    say(`${isHeld ? 'held  ' : 'BROKEN'}  ${words}${measured ? ` (${measured})` : ''}`);
  };
  say(`${drill.name}: ${drill.about}\n`);
  try {
    const work = drill.run({ given, folder, say, promise, undo: (end) => void ends.push(end), interrupted });
    await Promise.race([work, over(drill.withinMs, interrupted)]);
  } catch (error) {
    broken += 1;
    say(`BROKEN  the drill came to its end (${error instanceof Error ? error.message : String(error)})`);
  }
  for (const end of ends.reverse()) await end().catch((error: unknown) => say(`Not ended: ${String(error)}`));
  const seconds = Math.round((Date.now() - beganMs) / 1000);
  say(`\n${drill.name}: ${held} of ${held + broken} promises held, in ${seconds} s.`);
  return broken === 0 && held > 0;
}

function over(withinMs: number, interrupted: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const late = () => reject(new Error(`it was not over within ${withinMs / 1000} s`));
    setTimeout(late, withinMs).unref();
    interrupted.addEventListener('abort', () => reject(new Error('it was interrupted')));
  });
}
