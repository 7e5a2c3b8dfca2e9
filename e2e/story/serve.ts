import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guard } from '#lib/server/web/guard.ts';
import { onLoopback } from '../loopback.ts';
import { storyPage } from './page.ts';
import { statusText } from './status.ts';
import type { Story } from './story.ts';

/** The story's own small server: its page and its steps. */
export interface StoryServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves a story on loopback, behind the same guard as the product. `board` is where the page links to. */
export async function serveStory(story: Story, board: string): Promise<StoryServer> {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    answer(request, response, { story, board, port }).catch(() => response.destroy());
  });
  server.requestTimeout = 10_000;
  const { port, stop } = await onLoopback(server);
  return { url: `http://localhost:${port}`, stop };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { story, board, port }: { readonly story: Story; readonly board: string; readonly port: number },
): Promise<void> {
  if (guard(request, port))
    return send(response, 403, 'Refused: this server answers its own page on this machine.');
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/step') {
    if (request.method !== 'POST') return send(response, 405, 'A step is taken by POST.');
    const body = await bodyOf(request);
    if (body === null) return send(response, 413, 'A step is asked for in fewer words.');
    const told = await story.tell(new URLSearchParams(body).get('step') ?? '');
    if (!request.headers.accept?.includes('text/html'))
      return send(response, told.ok ? 200 : 422, told.message);
    response.writeHead(303, { location: '/' }).end();
  } else if (path === '/status') send(response, 200, statusText(story.state()));
  else if (path === '/') {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    send(response, 200, storyPage(story.state(), story.last(), { nonce, board }), 'text/html');
  } else send(response, 404, 'Nothing is here. The page is at /.');
}

/** A form's text; null when it is longer than any step's name wants. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1000) return null;
  }
  return text;
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    .end(type === 'text/plain' ? `${text}\n` : text);
}
