import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guard } from '#lib/server/web/guard.ts';
import { steps } from './story.ts';

/** What the control page drives. */
export interface StoryDriver {
  readonly taken: () => readonly string[];
  /** Takes a step and says what it did, or why not. */
  readonly take: (name: string) => Promise<{ ok: boolean; words: string }>;
}

/** The demo's own small page, on loopback: a button a step. It has the same guard as the product. */
export async function startControl(
  driver: StoryDriver,
  board: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { port } = server.address() as AddressInfo;
    if (guard(request, port)) {
      response.statusCode = 403;
      response.end('Refused.\n');
      return;
    }
    if (request.method === 'POST' && request.url === '/step') {
      const body = new URLSearchParams(await bodyOf(request));
      const told = await driver.take(body.get('step') ?? '');
      if (request.headers.accept?.includes('text/html')) {
        response.writeHead(303, { location: `/?told=${encodeURIComponent(told.words)}` });
        response.end();
      } else {
        response.statusCode = told.ok ? 200 : 422;
        response.end(`${told.words}\n`);
      }
      return;
    }
    const told = new URL(request.url ?? '/', 'http://localhost').searchParams.get('told');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    );
    response.end(page(driver.taken(), told, board));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) break;
  }
  return text;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (text: string) => text.replace(/[&<>"]/g, (mark) => escapes[mark] ?? mark);

function page(taken: readonly string[], told: string | null, board: string): string {
  const rows = steps.map(({ name, words }) => {
    const done = taken.includes(name) ? ' (taken)' : '';
    return `<li><button name="step" value="${name}">${name}</button> <span>${safe(words)}${done}</span></li>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Story of the demo</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui;max-width:60ch;margin:2rem auto;padding:0 1rem}
ul{list-style:none;padding:0}li{display:grid;grid-template-columns:11rem 1fr;gap:1rem;padding:.4rem 0;align-items:start}
button{font:inherit;padding:.3rem .6rem;text-align:left}</style>
<main><h1>Story of the demo</h1><p>Each button does something to the demo's node, repository or Prometheus.
Watch <a href="${board}">the board</a>.</p><p role="status">${told ? safe(told) : 'Nothing was done yet.'}</p>
<form method="post" action="/step"><p><button name="step" value="next">next</button></p><ul>${rows.join('\n')}</ul></form></main></html>`;
}
