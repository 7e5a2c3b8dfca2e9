interface Turn {
  readonly work: () => Promise<void>;
  /** Called when the work's turn is over and the work is not. */
  readonly letGo: () => Promise<unknown>;
  /** Told what failed after the turn was over; before that the turn itself fails. */
  readonly failed: (error: unknown) => void;
}

/**
 * Makes a turn end when its work ends or has taken `patienceMs`, whichever comes first. A source that answers a byte a
 * second then costs a promise and no turn, so that it keeps no other source waiting. At most `most` go on beside; work
 * beyond that keeps its turn to its end.
 */
export function withPatience(patienceMs: number, most: number): (turn: Turn) => Promise<void> {
  let beside = 0;
  return async ({ work, letGo, failed }) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), patienceMs);
    });
    const whole = work();
    try {
      const first = await Promise.race([whole, late]);
      if (first !== 'late') return;
    } finally {
      clearTimeout(timer);
    }
    if (beside >= most) return whole;
    beside += 1;
    void whole.catch(failed).finally(() => {
      beside -= 1;
    });
    await letGo();
  };
}
