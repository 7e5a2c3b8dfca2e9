import { createServer, request } from 'node:http';
import { onLoopback } from '../loopback.ts';

/** How a vendor says that it was asked too often, until an instant. */
export interface Limit {
  readonly what: string;
  readonly status: number;
  readonly lastsMs: number;
  readonly headers: (untilMs: number, nowMs: number) => Readonly<Record<string, string>>;
  readonly text: string;
}

const seconds = (ms: number) => String(Math.ceil(ms / 1000));
const retryAfter = (untilMs: number, nowMs: number) => ({ 'retry-after': seconds(untilMs - nowMs) });
const minuteMs = 60_000;
const exceeded = '{"message":"API rate limit exceeded for user ID 1."}';
const secondary =
  '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}';
const spent = (untilMs: number) => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '0',
  'x-ratelimit-used': '5000',
  'x-ratelimit-reset': seconds(untilMs),
});

/**
 * As they are described: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api,
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ and RFC 9110, 10.2.3.
 */
export const limitsOf: Readonly<Record<'github' | 'gitlab' | 'grafana', readonly Limit[]>> = {
  github: [
    {
      what: '403 with x-ratelimit-reset',
      status: 403,
      lastsMs: 35 * minuteMs,
      headers: spent,
      text: exceeded,
    },
    {
      what: '403 with retry-after',
      status: 403,
      lastsMs: 5 * minuteMs,
      headers: retryAfter,
      text: secondary,
    },
    { what: '403 in words alone', status: 403, lastsMs: minuteMs, headers: () => ({}), text: secondary },
    {
      what: '429 with retry-after',
      status: 429,
      lastsMs: 10 * minuteMs,
      headers: retryAfter,
      text: secondary,
    },
    {
      what: '429 with x-ratelimit-reset',
      status: 429,
      lastsMs: 20 * minuteMs,
      headers: spent,
      text: exceeded,
    },
  ],
  gitlab: [
    {
      what: '429 with Retry-After',
      status: 429,
      lastsMs: 3 * minuteMs,
      headers: retryAfter,
      text: 'Retry later\n',
    },
    {
      what: '429 with RateLimit-Reset',
      status: 429,
      lastsMs: 10 * minuteMs,
      headers: (untilMs) => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': seconds(untilMs) }),
      text: 'Retry later\n',
    },
  ],
  grafana: [
    {
      what: '429 with Retry-After',
      status: 429,
      lastsMs: 4 * minuteMs,
      headers: retryAfter,
      text: '{"message":"Too many requests"}',
    },
    { what: '429 without a word', status: 429, lastsMs: minuteMs, headers: () => ({}), text: '' },
  ],
};

export interface LimitDoor {
  readonly url: string;
  readonly told: () => LimitCount;
  readonly stop: () => Promise<void>;
}

export interface LimitCount {
  readonly requests: number;
  readonly limits: number;
  /** Before the instant that was told, by somebody who knew. */
  readonly early: number;
  /** Sent before the answer that told of it was there. */
  readonly onTheirWay: number;
  /** Simulated, from the end of a limit to the next request. */
  readonly longestWaitMs: number;
}

const hourMs = 60 * minuteMs;
/** In each hour, when most is asked. */
const beginsMs = 10 * minuteMs;
/** Of our own time: what comes later than this after an answer has seen it. */
const seenMs = 50;

/** Stands before a vendor and tells of a limit once in each hour of a simulated clock, each way in its turn. */
export async function startLimitDoor(
  behind: string,
  limits: readonly Limit[],
  now: () => number,
): Promise<LimitDoor> {
  const count = { requests: 0, limits: 0, early: 0, onTheirWay: 0, longestWaitMs: 0 };
  let untilMs = 0;
  let toldAt = 0;
  let isWaiting = false;
  let lastHour = -1;
  const server = createServer((incoming, response) => {
    const nowMs = now();
    count.requests += 1;
    const hour = Math.floor(nowMs / hourMs);
    const limit = limits[hour % limits.length];
    if (nowMs >= untilMs && isWaiting) {
      count.longestWaitMs = Math.max(count.longestWaitMs, nowMs - untilMs);
      isWaiting = false;
    }
    const begins = nowMs % hourMs >= beginsMs && hour !== lastHour;
    if (limit && begins) {
      lastHour = hour;
      untilMs = nowMs + limit.lastsMs;
      isWaiting = true;
      count.limits += 1;
      response.on('finish', () => {
        toldAt = performance.now();
      });
      toldAt = Number.POSITIVE_INFINITY;
    } else if (nowMs < untilMs) {
      if (performance.now() - toldAt > seenMs) count.early += 1;
      else count.onTheirWay += 1;
    }
    if (limit && nowMs < untilMs) {
      const date = new Date(nowMs).toUTCString();
      response.writeHead(limit.status, {
        date,
        'content-type': 'application/json',
        ...limit.headers(untilMs, nowMs),
      });
      return void response.end(limit.text);
    }
    const { host: _host, ...headers } = incoming.headers;
    const onward = request(`${behind}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  const { url, stop } = await onLoopback(server);
  return { url, told: () => count, stop };
}
