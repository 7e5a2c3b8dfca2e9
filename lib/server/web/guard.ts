import type { IncomingMessage } from 'node:http';

/** Why a request is refused before anything reads it. */
export type Refusal = 'foreign-host' | 'foreign-origin';

/**
 * Until people can sign in the server answers this machine alone, and not every page that a browser on this machine
 * has open: a foreign `Host` is DNS rebinding, a foreign `Origin` a web page that posts to localhost. Programs other
 * than browsers send neither `Origin` nor `Sec-Fetch-Site`.
 */
export function guard(
  request: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  port: number,
): Refusal | null {
  const own = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  if (!own.includes((request.headers.host ?? '').toLowerCase())) return 'foreign-host';
  const { origin } = request.headers;
  if (origin !== undefined && !own.some((host) => origin === `http://${host}`)) return 'foreign-origin';
  const site = request.headers['sec-fetch-site'];
  const navigates = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  if ((site === 'cross-site' || site === 'same-site') && !navigates) return 'foreign-origin';
  return null;
}

/** What the refused are told. */
export const refusalWords: Readonly<Record<Refusal, string>> = {
  'foreign-host':
    'Big Green answers this machine only, under localhost: nobody can sign in yet. Open it as http://localhost.',
  'foreign-origin': 'Refused: this request was made by a page of another site.',
};
