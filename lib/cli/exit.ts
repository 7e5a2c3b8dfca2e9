/** What a command's exit code says. Pipelines rest on it; a fault of our own is 3 as well. */
export const exit = { ready: 0, notReady: 1, cannotTell: 2, wrongUse: 3 } as const;
export type Exit = (typeof exit)[keyof typeof exit];

/** Says on standard error how a command is to be used, or what stands in its way. */
export function wrong(message: string): Exit {
  process.stderr.write(`${message}\n`);
  return exit.wrongUse;
}
