export interface KeptAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
}

/**
 * Answers kept in memory to be asked for again with `if-none-match` or `if-modified-since` (RFC 9110, 13), so that
 * an unchanged answer costs neither bytes nor rate limit. Bounded in bytes; the least recently used goes first.
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

  /** Keeps an answer if it carries a validator, may be stored, and is no more than an eighth of the whole. */
  put(key: string, answer: KeptAnswer): void {
    this.#drop(key);
    const { headers } = answer;
    if (headers.etag === undefined && headers['last-modified'] === undefined) return;
    if (/\bno-store\b/i.test(headers['cache-control'] ?? '') || answer.bytes > this.#maxBytes / 8) return;
    this.#kept.set(key, answer);
    this.#bytes += answer.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes && this.#kept.size <= 1_000) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#bytes -= kept.bytes;
  }
}

/** The conditional request headers for a kept answer. */
export function validatorsOf(kept: KeptAnswer): Record<string, string> {
  const { etag, 'last-modified': lastModified } = kept.headers;
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? {} : { 'if-modified-since': lastModified };
}
