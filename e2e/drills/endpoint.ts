import { createServer } from 'node:http';
import { onLoopback } from '../loopback.ts';
import type { DrillSite } from './drill.ts';

export interface DrillEndpoint {
  readonly url: string;
  /** When it was asked, epoch ms, oldest first. */
  readonly askedAtMs: readonly number[];
  /** Resolves when it is asked next, before it answers. */
  readonly nextAsking: () => Promise<void>;
}

/** A JSON endpoint on loopback that answers `{"ok":true}` after a while, and remembers when it was asked. */
export async function startEndpoint(site: DrillSite, answersAfterMs = 0): Promise<DrillEndpoint> {
  const askedAtMs: number[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((_request, response) => {
    askedAtMs.push(Date.now());
    for (const told of waiting) told();
    waiting = [];
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    }, answersAfterMs);
  });
  const { url, stop } = await onLoopback(server);
  site.undo(stop);
  return {
    url,
    askedAtMs,
    nextAsking: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
