import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** The port to listen on: the one that is asked for if it is free, any free one for 0. */
export async function claimPort(
  asked: number,
): Promise<{ kind: 'port'; port: number } | { kind: 'failed'; message: string }> {
  const server = createServer();
  const outcome = await new Promise<number | NodeJS.ErrnoException>((resolve) => {
    server.once('error', resolve);
    server.listen(asked, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  if (typeof outcome === 'number') {
    await new Promise((resolve) => server.close(resolve));
    return { kind: 'port', port: outcome };
  }
  if (outcome.code === 'EADDRINUSE') {
    return {
      kind: 'failed',
      message: `Port ${asked} is taken, perhaps by another Big Green. Stop that one, or choose another port with PORT=${asked + 1}.`,
    };
  }
  if (outcome.code === 'EACCES') {
    return {
      kind: 'failed',
      message: `This user may not listen on port ${asked}. Choose one above 1023 with PORT=….`,
    };
  }
  return { kind: 'failed', message: `Nothing can listen on 127.0.0.1:${asked}: ${outcome.message}.` };
}
