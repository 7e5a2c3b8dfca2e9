import type { IncomingMessage } from 'node:http';

/** Why a request is refused before anything reads it. */
export type Refusal = 'foreign-host' | 'foreign-origin';

/**
 * Until people can sign in the server answers this machine alone, and not every page that a browser on this machine
 * has open: a foreign `Host` is DNS rebinding, a foreign `Origin` a web page that posts to localhost. Programs other
 * than browsers send neither `Origin` nor `Sec-Fetch-Site`. The door for webhooks takes any `Host`, so that a tunnel
 * that leaves it as it came opens this door and no other: what comes in by it is signed, or is refused.
 */
export function guard(
  request: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  port: number,
): Refusal | null {
  const isHook = isHookDoor(request);
  const own = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  if (!isHook && !own.includes((request.headers.host ?? '').toLowerCase())) return 'foreign-host';
  const { origin } = request.headers;
  if (origin !== undefined && !own.some((host) => origin === `http://${host}`)) return 'foreign-origin';
  const site = request.headers['sec-fetch-site'];
  const navigates = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  if ((site === 'cross-site' || site === 'same-site') && !navigates) return 'foreign-origin';
  return null;
}

/** Exactly one form of address: nothing in it that could be read as another. */
function isHookDoor({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  return method === 'POST' && /^\/api\/hooks\/sha256(?::|%3[aA])[0-9a-f]{64}$/.test(url);
}

/**
 * Whether a request to go on in another protocol may. Only development asks for it; what Next does not know it leaves
 * open for ever, and each takes one of the files that this process may open.
 */
export function mayUpgrade(request: Parameters<typeof guard>[0], port: number, dev: boolean): boolean {
  return dev && guard(request, port) === null;
}

/** False for an address that nothing can stand at: escapes that are no UTF-8, and NUL, which no id holds. */
export function isReadable(address: string): boolean {
  try {
    return !decodeURIComponent(address.replace(/\?.*/s, '')).includes('\0');
  } catch {
    return false;
  }
}

/** What the refused are told. */
export const refusalWords: Readonly<Record<Refusal, string>> = {
  'foreign-host':
    'Big Green answers this machine only, under localhost: nobody can sign in yet. Open it as http://localhost.',
  'foreign-origin': 'Refused: this request was made by a page of another site.',
};
