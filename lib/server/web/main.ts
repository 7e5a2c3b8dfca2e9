import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { readEnvironment } from '../env.ts';
import { guard, isReadable, mayUpgrade, refusalWords } from './guard.ts';
import { contentPolicy, securityHeaders } from './headers.ts';

/**
 * The web process: Next behind a guard, on loopback only. It is a server of our own so that the guard stands before
 * every page, asset, action and route, whatever Next makes of an address.
 */
const env = readEnvironment();
if (env.kind !== 'environment') {
  console.error(env.message);
  process.exit(1);
}
const dev = process.argv.includes('--dev');
const { port } = env;
const dir = fileURLToPath(new URL('../../..', import.meta.url));
const app = next({ dev, dir, hostname: 'localhost', port });
await app.prepare();
const handle = app.getRequestHandler();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = guard(request, port);
  if (refusal) return refuse(response, 403, refusalWords[refusal]);
  if (!isReadable(request.url ?? '/')) return refuse(response, 400, 'This address cannot be read.');
  const policy = contentPolicy(randomBytes(18).toString('base64'), dev);
  // Next takes the nonce for its own scripts from the policy in the request, as its middleware would hand it on.
  request.headers['content-security-policy'] = policy;
  response.setHeader('content-security-policy', policy);
  await handle(request, response);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${words}\n`);
}

function listen(host: string): Promise<Server | NodeJS.ErrnoException> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('web:', error);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (mayUpgrade(request, port, dev)) app.getUpgradeHandler()(request, socket, head);
    else socket.destroy();
  });
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ host, port }, () => resolve(server));
  });
}

const first = await listen('127.0.0.1');
if (first instanceof Error) {
  const taken = first.code === 'EADDRINUSE';
  console.error(
    taken ? `Port ${port} is taken. Choose another with PORT=….` : `Cannot listen: ${first.message}`,
  );
  process.exit(1);
}
// Browsers try ::1 for localhost first; a machine without IPv6 does without.
const second = await listen('::1');
console.log(JSON.stringify({ ready: true, port }));

function stop(): void {
  for (const server of [first, second]) {
    if (server instanceof Error) continue;
    server.close();
    server.closeAllConnections();
  }
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
