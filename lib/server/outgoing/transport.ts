import { Agent, type Dispatcher } from 'undici';
import type { AllowList } from './address.ts';
import { guardedConnections, type Resolve } from './connect.ts';
import { isClosedConnection } from './failures.ts';
import type { Exchange } from './reply.ts';
import { isIdempotent } from './request.ts';

export interface Transport {
  /** Sends one request and gives its head; rejects with Node's and undici's errors, or at the deadline. */
  readonly send: (
    exchange: Exchange,
    url: URL,
    headers: Readonly<Record<string, string>>,
  ) => Promise<Dispatcher.ResponseData>;
  readonly close: () => Promise<void>;
}

/** Kept-alive connections, at most 8 to an origin, each made only where the address rules allow. */
export function createTransport(allow: AllowList, resolve: Resolve): Transport {
  const connections = guardedConnections(allow, resolve);
  // Time limits are the deadline's alone: undici's own look at pauses only, which a byte a second outwits.
  const agent = new Agent({
    connect: connections.connector,
    connections: 8,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 60_000,
    maxHeaderSize: 32 * 1024,
  });
  const sendOnce: Transport['send'] = ({ request, deadline }, url, headers) =>
    deadline.race(
      agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method ?? 'GET',
        headers: { ...headers },
        body: request.body ?? null,
        signal: deadline.signal,
      }),
    );
  return {
    send: async (exchange, url, headers) => {
      try {
        return await sendOnce(exchange, url, headers);
      } catch (error) {
        // A server may close an idle connection in the very moment we use it: that alone is tried again, once.
        const stale = isClosedConnection(error) && connections.wasReused(error);
        if (!stale || !isIdempotent(exchange.request) || exchange.deadline.ended() !== null) throw error;
        return await sendOnce(exchange, url, headers);
      }
    },
    close: () => agent.destroy(),
  };
}
