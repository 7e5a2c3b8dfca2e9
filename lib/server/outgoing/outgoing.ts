import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import type { Outgoing, OutgoingRequest } from '#lib/domain/outgoing.ts';
import { parseAllowList } from './address.ts';
import { type Resolve, resolveBySystem } from './connect.ts';
import { startDeadline } from './deadline.ts';
import { failureOfStatus } from './failures.ts';
import { whyNoToken } from './plain-token.ts';
import { isRateLimit, type LimitedAnswer, QuietTimes, retryAtMs } from './rate-limit.ts';
import { isRedirect, nextUrl } from './redirect.ts';
import { bodyReply, brokenReply, type Exchange, failed, type Reply } from './reply.ts';
import { readHeaders, requestKey } from './request.ts';
import { answerOf, isYoung, Revalidation, validatorsOf } from './revalidation.ts';
import { createTransport } from './transport.ts';
import { readUrl, shownUrl } from './url.ts';

export interface OutgoingOptions {
  /** Host names, addresses and CIDR networks an administrator allows besides public addresses. */
  readonly allow: readonly string[];
  /** Other machines, named alike, to which a token may go over plain http. Default none. */
  readonly plainTokens?: readonly string[];
  readonly userAgent?: string;
  /** Epoch ms; for the instants in `retryAt`. Default the system's clock. */
  readonly now?: () => number;
  /** Default the system's resolver. */
  readonly resolve?: Resolve;
  /** Answers kept for conditional requests, in bytes. Default 32 MiB. */
  readonly keepBytes?: number;
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function withRetry<T extends object>(answer: T, untilMs: number | null): T & { readonly retryAt?: string } {
  return untilMs === null ? answer : { ...answer, retryAt: new Date(untilMs).toISOString() };
}

/**
 * Makes the one function through which sources are asked over HTTP. It owns the whole request's deadline, the size
 * cap after decompression, rate limits, conditional requests, redirects (same origin only) and the rules about
 * addresses, judged on the resolved address at connect. Throws only when a list of hosts holds an entry that cannot be read.
 */
export function createOutgoing(options: OutgoingOptions): Outgoing & { close(): Promise<void> } {
  const allow = parseAllowList(options.allow);
  if (!allow.ok) throw new Error(allow.message);
  const plainTokens = parseAllowList(options.plainTokens ?? []);
  if (!plainTokens.ok) throw new Error(plainTokens.message);
  const now = options.now ?? Date.now;
  const transport = createTransport(allow.list, options.resolve ?? resolveBySystem);
  const kept = new Revalidation(options.keepBytes ?? 32 * 1024 * 1024);
  const quiet = new QuietTimes();

  const noteLimit = (answer: LimitedAnswer, quietKey: string): number | null => {
    const untilMs = retryAtMs({ ...answer, underWay: quiet.underWay(quietKey) - 1 }, now());
    if (untilMs !== null) quiet.note(quietKey, untilMs);
    return untilMs;
  };

  const statusReply = (answer: LimitedAnswer, at: string, quietKey: string): Reply => {
    const { status } = answer;
    const untilMs = noteLimit(answer, quietKey);
    if (!isRateLimit(answer) || untilMs === null)
      return { ok: false, failure: failureOfStatus(status, at, untilMs) };
    const when = `not before ${new Date(untilMs).toISOString()}`;
    return failed('rate-limited', `${at} answered ${status}: asked too often (${when}).`, status, untilMs);
  };

  const follow = async (exchange: Exchange, first: URL, quietKey: string): Promise<Reply> => {
    const { request, at } = exchange;
    const method = request.method ?? 'GET';
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const key = requestKey(`${method} ${url.href}`, exchange.headers);
      const known = method === 'GET' ? kept.get(key) : null;
      const servesForMs = request.servesForMs ?? 0;
      if (known && isYoung(known, servesForMs, now())) {
        return { ok: true, answer: { ...answerOf(known), served: true } };
      }
      const asked = known ? { ...exchange.headers, ...validatorsOf(known) } : exchange.headers;
      let response: Dispatcher.ResponseData;
      try {
        response = await transport.send(exchange, url, asked);
      } catch (error) {
        return brokenReply(exchange, url.hostname, error, null);
      }
      const status = response.statusCode;
      const headers = flatHeaders(response.headers);
      const answers = (status >= 200 && status < 300) || request.answerStatuses?.includes(status) === true;
      // Of a 403 the words too say whether a limit speaks or a right is missing.
      if (answers || status === 403) {
        const reply = await bodyReply(exchange, url.hostname, { status, headers }, response.body);
        const limited = { status, headers, text: reply.ok ? reply.answer.body.slice(0, 4_096) : '' };
        if (!answers || isRateLimit(limited)) return statusReply(limited, at, quietKey);
        const untilMs = noteLimit(limited, quietKey);
        if (reply.ok && method === 'GET' && status === 200) {
          const isWrong = servesForMs > 0 && request.mayServe?.(reply.answer) === false;
          if (isWrong) kept.forget(key);
          else kept.put(key, { ...reply.answer, readAtMs: now() }, servesForMs > 0);
        }
        return reply.ok ? { ok: true, answer: withRetry(reply.answer, untilMs) } : reply;
      }
      // The little that an error page holds is read away so that its connection can be used again.
      response.body.dump({ limit: 16 * 1024, signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
      if (status === 304 && known) {
        const again = { ...known, headers: { ...known.headers, ...headers }, readAtMs: now() };
        kept.put(key, again, servesForMs > 0);
        const untilMs = noteLimit({ status, headers }, quietKey);
        return { ok: true, answer: withRetry(answerOf(again), untilMs) };
      }
      if (!isRedirect(status)) return statusReply({ status, headers }, at, quietKey);
      const next = nextUrl(url, headers.location, status, method, hops);
      if (!next.ok) return failed(next.kind, `${at} ${next.message}`, status);
      url = next.url;
    }
  };

  const attempt = async (request: OutgoingRequest): Promise<Reply> => {
    const who = request.what ?? 'The source';
    const read = readUrl(request.url);
    if (!read.ok) return failed('refused', `${who} was not asked: ${read.message}`);
    const at = `${who} at ${shownUrl(read.url)}`;
    const headers = readHeaders(request.headers ?? {}, {
      userAgent: options.userAgent ?? 'big-green',
      host: read.url.hostname,
    });
    if (!headers.ok) return failed('refused', `${at} was not asked: ${headers.message}`);
    const noToken = headers.headers.authorization ? whyNoToken(read.url, plainTokens.list) : null;
    if (noToken !== null) return failed('refused', `${at} was not asked: its token ${noToken}`);
    // What a request holds does not make its asker another: a limit on reads holds back writes too.
    const { 'content-type': _, ...asker } = headers.headers;
    const quietKey = requestKey(read.url.origin, asker);
    const untilMs = quiet.until(quietKey, now());
    if (untilMs !== null) {
      const until = new Date(untilMs).toISOString();
      return failed('rate-limited', `${at} asked not to be asked again before ${until}.`, null, untilMs);
    }
    const deadline = startDeadline(request.timeoutMs ?? 10_000, request.signal);
    const end = quiet.begin(quietKey);
    try {
      return await follow({ request, headers: headers.headers, at, deadline }, read.url, quietKey);
    } finally {
      end();
      deadline.stop();
    }
  };

  const outgoing: Outgoing = async (request) => {
    const startedMs = performance.now();
    const reply = await attempt(request);
    const tookMs = Math.round(performance.now() - startedMs);
    return reply.ok ? { ...reply.answer, tookMs } : { ok: false, failure: reply.failure, tookMs };
  };
  return Object.assign(outgoing, { close: () => transport.close() });
}
