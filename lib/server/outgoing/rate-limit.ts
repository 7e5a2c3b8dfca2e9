const dayMs = 86_400_000;

function instantOf(value: string, nowMs: number): number | null {
  const text = value.trim();
  // Delta seconds, or epoch seconds as GitHub and GitLab write them: a delta is never as long as 30 years.
  if (/^\d{1,12}(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    return seconds > 1e9 ? seconds * 1000 : nowMs + seconds * 1000;
  }
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}

/**
 * The instant before which a source asks not to be asked again, in epoch ms, or null when it does not say.
 * Reads `retry-after` (RFC 9110: seconds or a date), else `x-ratelimit-reset` or `ratelimit-reset` when nothing
 * remains. At most a day away: a source cannot silence itself for good.
 */
export function retryAtMs(
  status: number,
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | null {
  const retryAfter = headers['retry-after'];
  const remaining = headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'];
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  const said = retryAfter ?? (status === 429 || remaining === '0' ? reset : undefined);
  if (said === undefined) return null;
  const atMs = instantOf(said, nowMs);
  return atMs === null ? null : Math.min(Math.max(atMs, nowMs), nowMs + dayMs);
}

/** True when the answer is the source's limit speaking: 429, or a 403 that says that nothing remains or when to return. */
export function isRateLimit(status: number, headers: Readonly<Record<string, string>>): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const remaining = headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining'];
  return headers['retry-after'] !== undefined || remaining === '0';
}

/** Remembers who asked not to be asked, so that no request goes out early whoever wants it. */
export class QuietTimes {
  readonly #untilMs = new Map<string, number>();

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
