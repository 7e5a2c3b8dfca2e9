import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens on this machine alone. */
export interface OnLoopback {
  readonly port: number;
  /** `http://127.0.0.1:…`, without a slash at its end. */
  readonly url: string;
  /** Ends it with all its connections. */
  readonly stop: () => Promise<void>;
}

/**
 * Has a server listen on loopback; a free port where none is given.
 * @throws when the port is taken
 */
export async function onLoopback(server: Server, port = 0): Promise<OnLoopback> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
