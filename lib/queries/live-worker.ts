import type { LiveNews, ToTab, ToWorker } from './live-messages.ts';
import { type LiveStream, openLiveStream } from './live-stream.ts';
import { joinReadings } from './readings.ts';

/*
 * Runs as a SharedWorker: one event stream for all tabs of a browser. Over HTTP/1.1 a browser opens six connections
 * to a server, so that a stream a tab would hang the seventh.
 */

const ports = new Set<MessagePort>();
/** The newest news of each launch, and its readings joined: what a tab that opens later has missed. */
const newest = new Map<string, LiveNews>();
let stream: LiveStream | null = null;

function tell(message: ToTab): void {
  for (const port of ports) port.postMessage(message);
}

function keep(news: LiveNews): void {
  const key = `${news.kind} ${news.launch}`;
  const before = newest.get(key);
  const joined =
    news.kind === 'seen' && before?.kind === 'seen'
      ? { ...news, readings: joinReadings(before.readings, news.readings) }
      : news;
  newest.set(key, joined);
}

function start(): LiveStream {
  return openLiveStream({
    open: () => new EventSource('/api/events'),
    onNews: (news) => {
      keep(news);
      tell({ kind: 'news', news });
    },
    onState: (state) => tell({ kind: 'state', state }),
  });
}

function heard(port: MessagePort, word: ToWorker): void {
  if (word === 'bye') {
    ports.delete(port);
    if (ports.size > 0) return;
    stream?.close();
    stream = null;
    return;
  }
  if (word === 'retry') {
    stream?.retry();
    return;
  }
  ports.add(port);
  stream ??= start();
  port.postMessage({ kind: 'state', state: stream.state() } satisfies ToTab);
  for (const news of newest.values()) port.postMessage({ kind: 'news', news } satisfies ToTab);
}

globalThis.addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return;
  const port = event.ports[0];
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => heard(port, data);
});
