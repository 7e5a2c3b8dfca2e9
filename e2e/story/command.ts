import { z } from 'zod';
import { findRunning } from './running.ts';
import { steps, storyline } from './steps.ts';

/** What the command prints, and the code it ends with: 0 done, 1 not done, 3 wrong use. */
export interface CommandResult {
  readonly code: 0 | 1 | 3;
  readonly out: string;
}

const answerSchema = z.object({ ok: z.boolean(), message: z.string() });

/** Takes a step of the running demo's story: `next`, or a step by its name. Without one it lists them. */
export async function storyCommand(words: readonly string[], file?: string): Promise<CommandResult> {
  const asked = words.join('-').toLowerCase();
  if (asked === '' || asked === 'help' || asked === '--help')
    return { code: asked === '' ? 3 : 0, out: usage() };
  if (asked !== 'next' && !steps.some(({ id }) => id === asked))
    return { code: 3, out: `There is no step “${asked}”.\n\n${usage()}` };
  const running = await findRunning(file);
  if (running === null) return { code: 1, out: notRunning };
  try {
    const answer = await fetch(`${running.url}/steps/${asked}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(120_000),
    });
    const told = answerSchema.parse(await answer.json());
    return { code: told.ok ? 0 : 1, out: told.message };
  } catch {
    return { code: 1, out: notRunning };
  }
}

const notRunning = 'No demo answers. Start one with “npm run demo”, and leave it running.';

function usage(): string {
  const width = Math.max(...steps.map(({ id }) => id.length));
  const lines = steps.map(({ id, description }) => `  ${id.padEnd(width)}  ${description}`);
  return [
    'npm run -s demo:story -- <step>',
    '',
    `  ${'next'.padEnd(width)}  The next of ${storyline.length} that tell the story.`,
    ...lines,
  ].join('\n');
}
