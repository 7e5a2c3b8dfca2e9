import { request as ask, createServer } from 'node:http';
import { onLoopback } from '../loopback.ts';
import type { DrillSite } from './drill.ts';

export interface CountingProxy {
  readonly url: string;
  /** Event streams that are open through it now, and the most at one time. */
  readonly streams: () => { readonly open: number; readonly most: number };
}

/** Stands between a browser and the product and counts event streams, which no page can see of its shared worker. */
export async function startCountingProxy(site: DrillSite, target: string): Promise<CountingProxy> {
  const { hostname, port, host, origin } = new URL(target);
  let open = 0;
  let most = 0;
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host, ...(incoming.headers.origin ? { origin } : {}) };
    const asked = ask({ hostname, port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
    if (incoming.url !== '/api/events') return;
    open += 1;
    most = Math.max(most, open);
    outgoing.on('close', () => {
      open -= 1;
    });
  });
  const served = await onLoopback(server);
  site.undo(served.stop);
  return {
    url: `http://localhost:${served.port}`,
    streams: () => ({ open, most }),
  };
}
