import { createServer, type ServerResponse } from 'node:http';
import { onLoopback } from '../loopback.ts';

/** What a target answers with: text in Prometheus's format, or bytes of another content type, or an error status. */
export type Exposed =
  | string
  | { readonly contentType: string; readonly body: string | Uint8Array }
  | { readonly status: number };

export interface Exposition {
  /** `host:port`, for a scrape job. */
  readonly address: string;
  readonly url: string;
  /** Replaces what is exposed; a function is asked at each scrape. */
  readonly set: (exposed: Exposed | (() => Exposed)) => void;
  readonly scrapes: () => number;
  readonly stop: () => Promise<void>;
}

/** The text format's content type: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const textFormat = 'text/plain; version=0.0.4; charset=utf-8';

/** A small `/metrics` server on loopback whose text its owner sets. */
export async function startExposition(
  first: Exposed | (() => Exposed) = '',
  options: { readonly port?: number } = {},
): Promise<Exposition> {
  let exposed = first;
  let scrapes = 0;
  const server = createServer((_request, response) => {
    scrapes += 1;
    answer(response, typeof exposed === 'function' ? exposed() : exposed);
  });
  const { port, stop } = await onLoopback(server, options.port);
  const address = `127.0.0.1:${port}`;
  return {
    address,
    url: `http://${address}/metrics`,
    set: (next) => {
      exposed = next;
    },
    scrapes: () => scrapes,
    stop,
  };
}

function answer(response: ServerResponse, exposed: Exposed): void {
  if (typeof exposed === 'string') {
    response.writeHead(200, { 'content-type': textFormat }).end(exposed);
  } else if ('status' in exposed) {
    response.writeHead(exposed.status).end();
  } else {
    response.writeHead(200, { 'content-type': exposed.contentType }).end(exposed.body);
  }
}
