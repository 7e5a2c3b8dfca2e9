import type { Readable } from 'node:stream';
import { turnstile } from '../turnstile.ts';

/** What sources answer is small; what goes beyond this is read a few at a time. */
const largeBytes = 1024 * 1024;
/** Each may grow to the cap of its request: side by side they are what large answers cost in memory. */
const mostAtOnce = 2;

const inTurn = turnstile(mostAtOnce);

/** One body's turn among the large ones. */
export interface LargeBodyTurn {
  /** Told of its bytes so far: waits, once there are many, until it is this body's turn, or the body has ended. */
  readonly at: (bytes: number) => Promise<void>;
  /** Gives the turn to the next. */
  readonly end: () => void;
}

/** However many sources send large bodies at once, two are in memory; the others are held back where they stand. */
export function largeBodyTurn(body: Readable): LargeBodyTurn {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  let hasAsked = false;
  return {
    at: async (bytes) => {
      if (hasAsked || bytes <= largeBytes) return;
      hasAsked = true;
      await new Promise<void>((go) => {
        // A deadline ends the body while it waits: it goes on at once, and hands its turn on when that comes.
        if (body.destroyed) go();
        body.once('close', go);
        void inTurn(async () => {
          if (body.destroyed) return;
          go();
          await over;
        });
      });
    },
    end,
  };
}
