/** The end of one whole request: its own time, or its caller calling it off. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why it ended; null while it has not. */
  readonly ended: () => 'timeout' | 'called-off' | null;
  /** Rejects at the deadline even where the work cannot be interrupted (a name server that hangs). */
  readonly race: <T>(work: Promise<T>) => Promise<T>;
  readonly stop: () => void;
}

/** Starts the clock of one request. `stop` must be called when it is over. */
export function startDeadline(timeoutMs: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let ended: 'timeout' | 'called-off' | null = null;
  let end: (error: Error) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  over.catch(() => undefined);
  const finish = (reason: 'timeout' | 'called-off') => {
    if (ended !== null) return;
    ended = reason;
    const error = new Error(reason);
    controller.abort(error);
    end(error);
  };
  const timer = setTimeout(() => finish('timeout'), Math.min(Math.max(timeoutMs, 1), 2 ** 31 - 1));
  const onCallerAbort = () => finish('called-off');
  if (caller?.aborted) finish('called-off');
  caller?.addEventListener('abort', onCallerAbort, { once: true });
  return {
    signal: controller.signal,
    ended: () => ended,
    race: (work) => Promise.race([work, over]),
    stop: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onCallerAbort);
    },
  };
}
