import type { LiveNews, LiveState, ToTab, ToWorker } from './live-messages.ts';
import { openLiveStream } from './live-stream.ts';

export interface Live {
  readonly retry: () => void;
  readonly close: () => void;
}

interface Listeners {
  readonly onNews: (news: LiveNews) => void;
  readonly onState: (state: LiveState) => void;
}

/**
 * Joins the live stream: through the browser's shared worker, or with a stream of the page's own where there is no
 * shared worker or it cannot start.
 */
export function joinLive(listeners: Listeners): Live {
  if (typeof SharedWorker === 'undefined') return alone(listeners);
  let fallback: Live | null = null;
  const worker = openWorker();
  if (!worker) return alone(listeners);
  const say = (word: ToWorker): void => worker.port.postMessage(word);
  const hide = (): void => say('bye');
  const show = (event: PageTransitionEvent): void => {
    if (event.persisted) say('hello');
  };
  worker.port.onmessage = ({ data }: MessageEvent<ToTab>) => {
    if (data.kind === 'news') listeners.onNews(data.news);
    else listeners.onState(data.state);
  };
  worker.onerror = () => {
    fallback ??= alone(listeners);
  };
  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  say('hello');
  return {
    retry: () => (fallback ? fallback.retry() : say('retry')),
    close: () => {
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
      say('bye');
      worker.port.close();
      fallback?.close();
    },
  };
}

function openWorker(): SharedWorker | null {
  try {
    return new SharedWorker(new URL('./live-worker.ts', import.meta.url), { name: 'big-green-live' });
  } catch {
    return null;
  }
}

function alone(listeners: Listeners): Live {
  const stream = openLiveStream({ open: () => new EventSource('/api/events'), ...listeners });
  return { retry: stream.retry, close: stream.close };
}
