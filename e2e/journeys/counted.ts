import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { onLoopback } from '../loopback.ts';

/** A server with everything counted that a browser asks of it, whichever page or worker does. */
export interface Counted {
  readonly origin: string;
  /** Paths asked for, oldest first, but for the event stream. */
  readonly asked: readonly string[];
  /** Event streams that are open now. */
  readonly openStreams: () => number;
  /** Ends every connection and takes none until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly stop: () => Promise<void>;
}

const streamPath = '/api/events';

/** Stands in front of a server: Playwright does not see what a shared worker asks for. */
export async function countRequests(target: string): Promise<Counted> {
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const streams = new Set<IncomingMessage>();
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    if (path === streamPath) streams.add(incoming);
    else asked.push(path);
    const own = `${hostname}:${port}`;
    const { origin } = incoming.headers;
    const headers = { ...incoming.headers, host: own, ...(origin ? { origin: `http://${own}` } : {}) };
    const onward = forward({ host: hostname, port, path, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => {
      streams.delete(incoming);
      onward.destroy();
    });
    incoming.pipe(onward);
  };
  const server = createServer(pass);
  let isCut = false;
  server.on('connection', (socket) => {
    if (isCut) socket.destroy();
  });
  const { port: own, stop } = await onLoopback(server);
  return {
    origin: `http://localhost:${own}`,
    asked,
    openStreams: () => streams.size,
    cut: () => {
      isCut = true;
      server.closeAllConnections();
    },
    mend: () => {
      isCut = false;
    },
    stop,
  };
}
