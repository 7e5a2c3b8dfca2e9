import { findRunning } from './running.ts';
import { stepList } from './status.ts';
import { nameOf, steps } from './steps.ts';

/** What the command prints, and the code it ends with: 0 done, 1 not done, 3 wrong use. */
export interface CommandResult {
  readonly code: 0 | 1 | 3;
  readonly out: string;
}

/**
 * Takes a step of the running demo's story: `next`, or a step by its name. `status` says where the story is, `help`
 * which steps there are. `demos` is the folder in which a demo says that it runs.
 */
export async function storyCommand(words: readonly string[], demos: string): Promise<CommandResult> {
  const asked = nameOf(words.join(' '));
  if (asked === '' || asked === 'help') return { code: asked === '' ? 3 : 0, out: usage };
  const known = ['next', 'status', ...steps.map(({ name }) => name)];
  if (!known.includes(asked)) return { code: 3, out: `There is no step “${asked}”.\n\n${usage}` };
  const running = await findRunning(demos);
  if (running === null) return { code: 1, out: notRunning };
  try {
    const signal = AbortSignal.timeout(120_000);
    const answer =
      asked === 'status'
        ? await fetch(`${running.url}/status`, { signal })
        : await fetch(`${running.url}/step`, {
            method: 'POST',
            body: new URLSearchParams({ step: asked }),
            signal,
          });
    return { code: answer.ok ? 0 : 1, out: (await answer.text()).trimEnd() };
  } catch {
    return { code: 1, out: notRunning };
  }
}

const notRunning = 'No demo answers. Start one with “npm run demo”, and leave it running.';

const usage = `npm run -s demo:story -- STEP

  status  Where the story is, and which steps were taken.
${stepList([])}`;
