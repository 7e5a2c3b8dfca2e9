import type { OutgoingAnswer } from '#lib/domain/outgoing.ts';

export interface KeptAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  /** Epoch ms; of the newest answer that had this body. */
  readonly readAtMs: number;
}

/**
 * Answers kept in memory: to be asked for again with `if-none-match` or `if-modified-since` (RFC 9110, 13), so that an
 * unchanged answer costs neither bytes nor rate limit, or to serve again for a while where the asker allows it.
 * Bounded in bytes; the least recently used goes first.
 */
export class Revalidation {
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): KeptAnswer | null {
    const kept = this.#kept.get(key);
    if (!kept) return null;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  /**
   * Keeps an answer if it carries a validator or `serves` again without one, may be stored, and is no more than an
   * eighth of the whole.
   */
  put(key: string, answer: KeptAnswer, serves: boolean): void {
    this.forget(key);
    const { headers } = answer;
    if (!serves && headers.etag === undefined && headers['last-modified'] === undefined) return;
    if (/\bno-store\b/i.test(headers['cache-control'] ?? '') || answer.bytes > this.#maxBytes / 8) return;
    this.#kept.set(key, answer);
    this.#bytes += answer.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes && this.#kept.size <= 1_000) break;
      this.forget(oldest);
    }
  }

  /** What came for it is no longer served, nor asked about. */
  forget(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }
}

/** True while it may serve again. With a clock that was set back, it may not. */
export function isYoung({ readAtMs }: KeptAnswer, servesForMs: number, nowMs: number): boolean {
  return servesForMs > 0 && nowMs >= readAtMs && nowMs - readAtMs <= servesForMs;
}

/** A kept answer as the answer that it was. Only answers with status 200 are kept. */
export function answerOf({ headers, body, bytes }: KeptAnswer): Omit<OutgoingAnswer, 'tookMs'> {
  return { ok: true, status: 200, headers, body, bytes };
}

/** The conditional request headers for a kept answer. */
export function validatorsOf(kept: KeptAnswer): Record<string, string> {
  const { etag, 'last-modified': lastModified } = kept.headers;
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? {} : { 'if-modified-since': lastModified };
}
