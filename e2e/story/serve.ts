import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storyPage } from './page.ts';
import type { Story } from './story.ts';

/** The story's own small server: its page and its steps. */
export interface StoryServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Serves a story on loopback. Another `Host` or `Origin` is refused, so that no web page can drive the demo; a client
 * that is no browser sends JSON, which a page of another origin cannot without asking first.
 */
export async function serveStory(
  story: Story,
  options: { readonly port?: number; readonly board?: string | null } = {},
): Promise<StoryServer> {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    answer(request, response, story, { port, board: options.board ?? null }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  story: Story,
  { port, board }: { readonly port: number; readonly board: string | null },
): Promise<void> {
  const { host = '', origin } = request.headers;
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(host))
    return refuse(response, 421, 'This server answers only to its own name on this machine.');
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const json = request.headers['content-type']?.split(';')[0] === 'application/json';

  if (request.method === 'GET' && path === '/') {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    return send(response, 200, 'text/html; charset=utf-8', storyPage(story, { nonce, board }));
  }
  if (request.method === 'GET' && path === '/state')
    return send(
      response,
      200,
      'application/json',
      JSON.stringify({ state: story.state(), past: story.past() }),
    );

  const step = /^\/steps\/([a-z-]{1,40})$/.exec(path)?.[1];
  if (step === undefined) return refuse(response, 404, 'Nothing is here. The page is at /.');
  if (request.method !== 'POST') return refuse(response, 405, 'A step is taken by POST.');
  const allowed = origin === undefined ? json : own.some((name) => origin === `http://${name}`);
  if (!allowed)
    return refuse(response, 403, 'A step is taken from the story’s own page, or as JSON by a program.');
  request.resume();
  const told = await story.tell(step);
  if (json) return send(response, told.ok ? 200 : 409, 'application/json', JSON.stringify(told));
  response.writeHead(303, { location: '/' }).end();
}

function refuse(response: ServerResponse, status: number, why: string): void {
  send(response, status, 'text/plain; charset=utf-8', `${why}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    .end(body);
}
