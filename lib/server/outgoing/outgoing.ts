import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Outgoing, OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';
import { parseAllowList } from './address.ts';
import { readBody } from './body.ts';
import { guardedConnections, type Resolve, resolveBySystem } from './connect.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { failure, failureOfError, failureOfStatus, isClosedConnection } from './failures.ts';
import { isRateLimit, QuietTimes, retryAtMs } from './rate-limit.ts';
import { isRedirect, nextUrl } from './redirect.ts';
import { isIdempotent, readHeaders, requestKey } from './request.ts';
import { Revalidation, validatorsOf } from './revalidation.ts';
import { readUrl, shownUrl } from './url.ts';

export interface OutgoingOptions {
  /** Host names, addresses and CIDR networks an administrator allows besides public addresses. */
  readonly allow: readonly string[];
  readonly userAgent?: string;
  /** Epoch ms; for the instants in `retryAt`. Default the system's clock. */
  readonly now?: () => number;
  /** Default the system's resolver. */
  readonly resolve?: Resolve;
  /** Answers kept for conditional requests, in bytes. Default 32 MiB. */
  readonly keepBytes?: number;
}

type Reply =
  | { readonly ok: true; readonly answer: Omit<OutgoingAnswer, 'tookMs'> }
  | { readonly ok: false; readonly failure: SourceFailure };

interface Exchange {
  readonly request: OutgoingRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
  readonly deadline: Deadline;
}

const mebibyte = 1024 * 1024;

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/**
 * Makes the one function through which sources are asked over HTTP. It owns the whole request's deadline, the size
 * cap after decompression, rate limits, conditional requests, redirects (same origin only) and the rules about
 * addresses, judged on the resolved address at connect. Throws only when `allow` holds an entry that cannot be read.
 */
export function createOutgoing(options: OutgoingOptions): Outgoing & { close(): Promise<void> } {
  const allow = parseAllowList(options.allow);
  if (!allow.ok) throw new Error(allow.message);
  const now = options.now ?? Date.now;
  const connections = guardedConnections(allow.list, options.resolve ?? resolveBySystem);
  const agent = new Agent({
    connect: connections.connector,
    connections: 8,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 60_000,
    maxHeaderSize: 32 * 1024,
  });
  const kept = new Revalidation(options.keepBytes ?? 32 * mebibyte);
  const quiet = new QuietTimes();

  const broken = (
    error: unknown,
    { at, deadline, request }: Exchange,
    host: string,
    bytes: number | null,
  ): Reply => {
    const ended = deadline.ended();
    if (ended === 'called-off')
      return {
        ok: false,
        failure: failure('timeout', `${at} was being asked when the request was called off.`),
      };
    if (ended === 'timeout') {
      const seconds = (request.timeoutMs ?? 10_000) / 1000;
      const what = bytes === null ? 'did not answer' : `sent only ${bytes} bytes and did not finish`;
      return {
        ok: false,
        failure: failure(
          'timeout',
          `${at} ${what} within ${seconds} s: it is overloaded, or the way to it is.`,
        ),
      };
    }
    return { ok: false, failure: failureOfError(error, at, host, bytes) };
  };

  const send = async (exchange: Exchange, url: URL, headers: Readonly<Record<string, string>>) => {
    const { request, deadline } = exchange;
    const once = () =>
      deadline.race(
        agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method ?? 'GET',
          headers: { ...headers },
          body: request.body ?? null,
          signal: deadline.signal,
        }),
      );
    try {
      return await once();
    } catch (error) {
      // A server may close an idle connection in the very moment we use it: that alone is tried again, once.
      const stale = isClosedConnection(error) && connections.wasReused(error);
      if (!stale || !isIdempotent(request) || deadline.ended() !== null) throw error;
      return await once();
    }
  };

  const read = async (
    exchange: Exchange,
    url: URL,
    status: number,
    headers: Record<string, string>,
    body: Readable,
  ): Promise<Reply> => {
    const { request, at } = exchange;
    const maxBytes = request.maxBytes ?? 32 * mebibyte;
    const result = await readBody(body, headers['content-encoding'], maxBytes);
    switch (result.kind) {
      case 'whole':
        return { ok: true, answer: { ok: true, status, headers, body: result.text, bytes: result.bytes } };
      case 'too-large': {
        const cap = maxBytes >= mebibyte ? `${Math.floor(maxBytes / mebibyte)} MiB` : `${maxBytes} bytes`;
        return {
          ok: false,
          failure: failure(
            'too-large',
            `${at} answers with more than ${cap}, which is not read: ask it for less.`,
            status,
          ),
        };
      }
      case 'unknown-encoding':
        return {
          ok: false,
          failure: failure(
            'malformed',
            `${at} answers in the content encoding “${result.encoding.slice(0, 40)}”, which we did not ask for.`,
            status,
          ),
        };
      case 'garbled':
        return {
          ok: false,
          failure: failure(
            'malformed',
            `${at} answers with ${result.encoding} data that does not decompress.`,
            status,
          ),
        };
      case 'broken':
        return broken(result.error, exchange, url.hostname, result.bytes);
    }
  };

  const follow = async (exchange: Exchange, first: URL, quietKey: string): Promise<Reply> => {
    const { request, at } = exchange;
    const method = request.method ?? 'GET';
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const key = requestKey(`${method} ${url.href}`, exchange.headers);
      const known = method === 'GET' ? kept.get(key) : null;
      let response: Dispatcher.ResponseData;
      try {
        response = await send(
          exchange,
          url,
          known ? { ...exchange.headers, ...validatorsOf(known) } : exchange.headers,
        );
      } catch (error) {
        return broken(error, exchange, url.hostname, null);
      }
      const status = response.statusCode;
      const headers = flatHeaders(response.headers);
      if ((status >= 200 && status < 300) || request.answerStatuses?.includes(status)) {
        const reply = await read(exchange, url, status, headers, response.body);
        if (reply.ok && method === 'GET' && status === 200)
          kept.put(key, { headers, body: reply.answer.body, bytes: reply.answer.bytes });
        return reply;
      }
      // The little that an error page holds is read away so that its connection can be used again.
      response.body.dump({ limit: 16 * 1024, signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
      if (status === 304 && known) {
        return {
          ok: true,
          answer: {
            ok: true,
            status: 200,
            headers: { ...known.headers, ...headers },
            body: known.body,
            bytes: known.bytes,
          },
        };
      }
      if (isRedirect(status)) {
        const next = nextUrl(url, headers.location, status, method, hops);
        if (!next.ok) return { ok: false, failure: failure(next.kind, `${at} ${next.message}`, status) };
        url = next.url;
        continue;
      }
      const untilMs = retryAtMs(status, headers, now());
      if (untilMs !== null) quiet.note(quietKey, untilMs);
      if (!isRateLimit(status, headers)) return { ok: false, failure: failureOfStatus(status, at, untilMs) };
      const when =
        untilMs === null ? 'does not say until when' : `not before ${new Date(untilMs).toISOString()}`;
      return {
        ok: false,
        failure: failure(
          'rate-limited',
          `${at} answered ${status}: we have asked too often (${when}).`,
          status,
          untilMs,
        ),
      };
    }
  };

  const attempt = async (request: OutgoingRequest): Promise<Reply> => {
    const who = request.what ?? 'The source';
    const url = readUrl(request.url);
    if (!url.ok) return { ok: false, failure: failure('refused', `${who} was not asked: ${url.message}`) };
    const at = `${who} at ${shownUrl(url.url)}`;
    const headers = readHeaders(request.headers ?? {}, options.userAgent ?? 'big-green');
    if (!headers.ok)
      return { ok: false, failure: failure('refused', `${at} was not asked: ${headers.message}`) };
    const quietKey = requestKey(url.url.origin, headers.headers);
    const untilMs = quiet.until(quietKey, now());
    if (untilMs !== null) {
      const until = new Date(untilMs).toISOString();
      return {
        ok: false,
        failure: failure('rate-limited', `${at} asked not to be asked again before ${until}.`, null, untilMs),
      };
    }
    const deadline = startDeadline(request.timeoutMs ?? 10_000, request.signal);
    try {
      return await follow({ request, headers: headers.headers, at, deadline }, url.url, quietKey);
    } finally {
      deadline.stop();
    }
  };

  const outgoing: Outgoing = async (request) => {
    const startedMs = performance.now();
    const reply = await attempt(request);
    const tookMs = Math.round(performance.now() - startedMs);
    return reply.ok ? { ...reply.answer, tookMs } : { ok: false, failure: reply.failure, tookMs };
  };
  return Object.assign(outgoing, { close: () => agent.destroy() });
}
