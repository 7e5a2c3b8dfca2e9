import type { Readable } from 'node:stream';

/** What sources answer is small; what goes beyond this is read a few at a time. */
const largeBytes = 1024 * 1024;
/** Each may grow to the cap of its request: side by side they are what large answers cost in memory. */
const mostAtOnce = 2;

let reading = 0;
const waiting: (() => void)[] = [];

/** One body's turn among the large ones. */
export interface LargeBodyTurn {
  /** Told of its bytes so far: waits, once there are many, until it is this body's turn, or the body has ended. */
  readonly at: (bytes: number) => Promise<void>;
  /** Gives the turn to the next. */
  readonly end: () => void;
}

/** However many sources send large bodies at once, two are in memory; the others are held back where they stand. */
export function largeBodyTurn(body: Readable): LargeBodyTurn {
  let has = false;
  return {
    at: async (bytes) => {
      if (has || bytes <= largeBytes) return;
      if (reading < mostAtOnce) {
        reading += 1;
        has = true;
        return;
      }
      await new Promise<void>((resolve) => {
        const go = () => {
          has = true;
          body.off('close', leave);
          resolve();
        };
        // A deadline ends the body while it waits: it takes no turn then.
        const leave = () => {
          const place = waiting.indexOf(go);
          if (place >= 0) waiting.splice(place, 1);
          resolve();
        };
        waiting.push(go);
        body.once('close', leave);
        if (body.destroyed) leave();
      });
    },
    end: () => {
      if (!has) return;
      has = false;
      const next = waiting.shift();
      if (next) next();
      else reading -= 1;
    },
  };
}
