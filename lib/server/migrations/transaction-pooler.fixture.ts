/**
 * A transaction pooler, small: it stands where PgBouncer would in `pool_mode=transaction` with one server
 * connection. Every client is let in at once; a message waits until no other client is inside a transaction.
 * Speaks just enough of PostgreSQL's protocol 3.0 for `pg`.
 */
import { createConnection, createServer, type Socket } from 'node:net';

const SSL_REQUEST = 80_877_103;

export type Pooler = { url: string; close(): Promise<void> };

export async function transactionPooler(serverUrl: string): Promise<Pooler> {
  const target = new URL(serverUrl);
  const backend = createConnection(`${decodeURIComponent(target.hostname)}/.s.PGSQL.5432`);
  const queue: { client: Socket; message: Buffer }[] = [];
  let holder: Socket | undefined;
  let ready = false;
  let login: Socket | undefined;
  let greeting: Buffer[] = [];

  const next = () => {
    const index = queue.findIndex(({ client }) => holder === undefined || client === holder);
    if (!ready || index < 0) return;
    const [turn] = queue.splice(index, 1);
    if (turn === undefined) return;
    holder = turn.client;
    ready = false;
    backend.write(turn.message);
  };

  onMessages(backend, (type, message) => {
    const done = type === 'Z';
    if (login !== undefined) {
      // The first client signs in to the server for all; what it is told is what the others are told.
      if (type !== 'R' || message.readInt32BE(5) === 0) greeting.push(message);
      login.write(message);
      if (done) login = undefined;
    } else holder?.write(message);
    if (!done) return;
    ready = true;
    if (message.toString('latin1', 5, 6) === 'I') holder = undefined;
    next();
  });

  const server = createServer((client) => {
    client.on('error', () => undefined);
    const first = greeting.length === 0 && login === undefined;
    const startup = (packet: Buffer) => {
      if (packet.readInt32BE(4) === SSL_REQUEST) return client.write('N');
      if (first) {
        login = client;
        backend.write(packet);
      } else client.write(Buffer.concat(greeting));
      return undefined;
    };
    onMessages(
      client,
      (type, message) => {
        if (type === 'X') return;
        if (login === client) backend.write(message);
        else queue.push({ client, message });
        next();
      },
      startup,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url: url.toString(),
    close: async () => {
      greeting = [];
      backend.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** Cuts a stream into messages: one byte of type, four of length; a client's first has no type. */
function onMessages(
  socket: Socket,
  take: (type: string, message: Buffer) => void,
  startup?: (packet: Buffer) => void,
): void {
  let rest = Buffer.alloc(0);
  let started = startup === undefined;
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (started) take(String.fromCharCode(message[0] ?? 0), message);
      else {
        startup?.(message);
        started = message.readInt32BE(4) !== SSL_REQUEST;
      }
    }
  });
}
