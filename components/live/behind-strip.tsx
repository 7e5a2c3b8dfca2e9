'use client';

import { useNow } from '#components/time/clock.ts';
import { formatSpan } from '#components/time/format.ts';
import { Shape } from '#components/verdict/shape.tsx';
import { retryLive, useLiveState } from './live-store.ts';

/** How long a lost connection may take to come back before it is worth a word, in milliseconds. */
const graceMs = 2000;

interface Props {
  /** The newest data could not be fetched, though the stream may stand: since when (epoch ms), and what was said. */
  readonly failed?:
    | { readonly sinceMs: number; readonly message: string; readonly retry: () => void }
    | undefined;
}

/** Says that the page is not live, and since when. Verdicts stay, with their ages. */
export function BehindStrip({ failed }: Props) {
  const state = useLiveState();
  const sinceMs = state.kind === 'behind' ? state.sinceMs : (failed?.sinceMs ?? null);
  const behind = useNow((nowMs) =>
    sinceMs !== null && nowMs - sinceMs >= graceMs ? formatSpan(nowMs - sinceMs) : '',
  );
  const retryIn = useNow((nowMs) =>
    state.kind === 'behind' ? formatSpan(Math.max(0, state.retryAtMs - nowMs)) : '',
  );
  return (
    <div role="status" className="behind">
      {behind === '' ? null : (
        <div className="strip">
          <Shape of="stale" size="small" />
          <p className="min-w-0 flex-1">
            <b className="font-medium">Behind by {behind}.</b>{' '}
            <span className="text-ink-2">
              {state.kind === 'behind'
                ? `No connection to Big Green; trying again in ${retryIn}. What stands below is as it was then.`
                : `${failed?.message ?? ''} What stands below is as it was then.`}
            </span>
          </p>
          <button
            type="button"
            className="button button-ghost"
            onClick={() => {
              retryLive();
              failed?.retry();
            }}
          >
            Try now
          </button>
        </div>
      )}
    </div>
  );
}
