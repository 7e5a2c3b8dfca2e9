import { createHash } from 'node:crypto';
import type { OutgoingRequest } from '#lib/domain/outgoing.ts';
import { isThisMachine } from './address.ts';

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Headers that decide where a request goes or how it is framed: ours alone. */
const ours: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'accept-encoding',
]);

export type HeadersResult =
  | { readonly ok: true; readonly headers: Record<string, string> }
  | { readonly ok: false; readonly message: string };

/**
 * The request's headers with lower-case names, or which of them may not be sent. Never shows a value. On this machine
 * nothing is packed: to pack and unpack costs more time there than to send (a small Prometheus answer took half as
 * long again).
 */
export function readHeaders(
  given: Readonly<Record<string, string>>,
  { userAgent, host }: { readonly userAgent: string; readonly host: string },
): HeadersResult {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': userAgent,
    'accept-encoding': isThisMachine(host) ? 'identity' : 'gzip, deflate, br',
  };
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (!token.test(name))
      return { ok: false, message: 'a header’s name holds characters that headers may not have.' };
    if (ours.has(lower)) return { ok: false, message: `the header “${lower}” may not be set.` };
    // Anything but tab and visible Latin-1 would end the header line, or be refused by servers.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      return {
        ok: false,
        message: `the header “${lower}” holds a line break or another control character: set it again.`,
      };
    }
    headers[lower] = value;
  }
  return { ok: true, headers };
}

/** Who asks what: equal only for equal URL and headers, so that one token's answer never serves another's request. */
export function requestKey(scope: string, headers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([scope, entries]))
    .digest('base64');
}

/** True when sending it twice does no more than sending it once. */
export function isIdempotent(request: OutgoingRequest): boolean {
  return request.method !== 'POST' || request.idempotent === true;
}
