const dayMs = 86_400_000;

/** What of an answer a source's limit speaks by; `text` is the beginning of its body. */
export interface LimitedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
  /** Other requests of the same asker that are on their way, which use up what remains. Default 0. */
  readonly underWay?: number;
}

function instantOf(value: string, nowMs: number, aheadMs: number): number | null {
  const text = value.trim();
  // Delta seconds, or epoch seconds as GitHub and GitLab write them: a delta is never as long as 30 years.
  if (/^\d{1,12}(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    return seconds > 1e9 ? seconds * 1000 - aheadMs : nowMs + seconds * 1000;
  }
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs - aheadMs;
}

/** How far the source's clock, by its `date`, is ahead of ours; 0 when it does not say or is over a day off. */
function clockAheadMs(headers: LimitedAnswer['headers'], nowMs: number): number {
  const ahead = Date.parse(headers.date ?? '') - nowMs;
  // `date` is in whole seconds: less than two apart is no difference, and a wait is never made shorter by it.
  return Math.abs(ahead) >= 2_000 && Math.abs(ahead) <= dayMs ? ahead : 0;
}

/**
 * The instant before which a source asks not to be asked again, in epoch ms, or null when it does not say.
 * Reads `retry-after` (RFC 9110: seconds or a date), else `x-ratelimit-reset` or `ratelimit-reset` when nothing
 * remains, by the source's own clock; an answer that says that it was the last one counts too. A limit that names no
 * time is GitHub's secondary one: a minute (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 * At most a day away: a source cannot silence itself for good.
 */
export function retryAtMs(answer: LimitedAnswer, nowMs: number): number | null {
  const { status, headers } = answer;
  const retryAfter = status >= 400 ? headers['retry-after'] : undefined;
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  const said = retryAfter ?? (status === 429 || nothingRemains(headers, answer.underWay) ? reset : undefined);
  const atMs = said === undefined ? null : instantOf(said, nowMs, clockAheadMs(headers, nowMs));
  if (atMs !== null) return Math.min(Math.max(atMs, nowMs), nowMs + dayMs);
  return isRateLimit(answer) ? nowMs + 60_000 : null;
}

/** True when the answer is the source's limit speaking: 429, or a 403 that says that nothing remains, when to return, or so in words. */
export function isRateLimit({ status, headers, text = '' }: LimitedAnswer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    nothingRemains(headers) ||
    /secondary rate limit|API rate limit exceeded|abuse detection/i.test(text)
  );
}

function nothingRemains(headers: LimitedAnswer['headers'], underWay = 0): boolean {
  const remaining = (headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'])?.trim() ?? '';
  return /^\d{1,9}$/.test(remaining) && Number(remaining) <= underWay;
}

/** Remembers who asked not to be asked, so that no request goes out early whoever wants it. */
export class QuietTimes {
  readonly #untilMs = new Map<string, number>();
  readonly #underWay = new Map<string, number>();

  /** Counts a request of this key from its start until the function it gives is called. */
  begin(key: string): () => void {
    this.#underWay.set(key, this.underWay(key) + 1);
    return () => {
      const left = this.underWay(key) - 1;
      if (left > 0) this.#underWay.set(key, left);
      else this.#underWay.delete(key);
    };
  }

  /** How many requests of this key are on their way. */
  underWay(key: string): number {
    return this.#underWay.get(key) ?? 0;
  }

  note(key: string, untilMs: number): void {
    if (this.#untilMs.size >= 1_000) this.#untilMs.delete(this.#untilMs.keys().next().value ?? '');
    this.#untilMs.set(key, untilMs);
  }

  /** Epoch ms until which this key must not be asked, or null. */
  until(key: string, nowMs: number): number | null {
    const untilMs = this.#untilMs.get(key);
    if (untilMs === undefined) return null;
    if (untilMs > nowMs) return untilMs;
    this.#untilMs.delete(key);
    return null;
  }
}
