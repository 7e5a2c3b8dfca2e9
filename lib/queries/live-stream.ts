import { type LiveNews, type LiveState, readNews } from './live-messages.ts';

/** The part of `EventSource` that is used. */
export interface EventStream {
  onopen: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  addEventListener(type: string, listener: (event: { readonly data: string }) => void): void;
  close(): void;
}

interface StreamOptions {
  /** Opens `GET /api/events`. */
  readonly open: () => EventStream;
  readonly onNews: (news: LiveNews) => void;
  readonly onState: (state: LiveState) => void;
  /** Wait before the n-th attempt (from 0), in milliseconds. Default: 1 s doubling to 30 s, a quarter of it chance. */
  readonly waitMs?: (attempt: number) => number;
  /** A stream on which nothing is heard so long is given up, in milliseconds. Default 37 500: the server pings every 15 s. */
  readonly deafMs?: number;
}

export interface LiveStream {
  readonly state: () => LiveState;
  /** Tries at once, if it is waiting to. */
  readonly retry: () => void;
  readonly close: () => void;
}

/**
 * One event stream that comes back by itself. The browser's own retry is not used: it gives up on an error status
 * and does not say when it tries again.
 */
export function openLiveStream(options: StreamOptions): LiveStream {
  const waitMs = options.waitMs ?? backOff;
  let state: LiveState = { kind: 'connecting' };
  let stream: EventStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deaf: ReturnType<typeof setTimeout> | undefined;
  let heardMs = Date.now();
  let attempt = 0;
  let isClosed = false;

  const move = (next: LiveState): void => {
    state = next;
    options.onState(next);
  };

  const connect = (): void => {
    clearTimeout(timer);
    const opened = options.open();
    stream = opened;
    const lose = (sinceMs: number): void => {
      opened.close();
      if (stream !== opened) return;
      clearTimeout(deaf);
      stream = null;
      const wait = waitMs(attempt);
      attempt += 1;
      const since = state.kind === 'behind' ? state.sinceMs : sinceMs;
      move({ kind: 'behind', sinceMs: since, retryAtMs: Date.now() + wait });
      timer = setTimeout(connect, wait);
    };
    // A server that stands still keeps its connection open: only its pings tell that it lives.
    const hear = (): void => {
      if (stream !== opened) return;
      heardMs = Date.now();
      clearTimeout(deaf);
      deaf = setTimeout(() => lose(heardMs), options.deafMs ?? defaultDeafMs);
    };
    hear();
    opened.onopen = () => {
      attempt = 0;
      hear();
      move({ kind: 'live' });
    };
    opened.onerror = () => lose(Date.now());
    opened.addEventListener('ping', hear);
    for (const event of ['board', 'seen']) {
      opened.addEventListener(event, ({ data }) => {
        hear();
        const news = readNews(event, data);
        if (news && stream === opened) options.onNews(news);
      });
    }
  };

  connect();
  return {
    state: () => state,
    retry: () => {
      if (stream === null && !isClosed) connect();
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(deaf);
      stream?.close();
      stream = null;
    },
  };
}

const defaultDeafMs = 37_500;

function backOff(attempt: number): number {
  const base = Math.min(30_000, 1000 * 2 ** attempt);
  return Math.round(base * (0.75 + Math.random() / 4));
}
