import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until what comes back is what is wanted.
 * @throws Error naming what was waited for, after `withinMs`
 */
export async function waitFor<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
): Promise<T> {
  const untilMs = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > untilMs) throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`);
    await sleep(200);
  }
}

/** Looks every `everyMs` until told to stop; what it throws is thrown by `stop`. */
export function watch(everyMs: number, look: () => Promise<void>): { readonly stop: () => Promise<void> } {
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const dueMs = Date.now() + everyMs;
      await look();
      await sleep(Math.max(0, dueMs - Date.now()));
    }
  })();
  watching.catch(() => undefined);
  return {
    stop: async () => {
      isOver = true;
      await watching;
    },
  };
}
