import type { SourceFailure } from './failure.ts';

/** One request to a source, made only through the one outgoing function (`lib/server/outgoing`). */
export interface OutgoingRequest {
  readonly url: string;
  /** Who is asked, for sentences: `Prometheus energy`. Default `The source`. */
  readonly what?: string;
  /** HEAD: headers alone, of what is too large to read. */
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** True for a POST that only reads (e.g. a long PromQL query): it may be sent again after a stale connection. */
  readonly idempotent?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whole request, from connect to the last byte. Default 10 000. */
  readonly timeoutMs?: number;
  /** After decompression. Default 16 MiB: with what garbage comes with it, a hostile answer stays under 50 MiB. */
  readonly maxBytes?: number;
  /** Statuses whose body is an answer to read (e.g. Prometheus's 400 and 422 JSON errors); 2xx always is. */
  readonly answerStatuses?: readonly number[];
  readonly signal?: AbortSignal;
  /** For a GET: an answer read so long ago or less serves again, without a request. Default 0. */
  readonly servesForMs?: number;
  /** Whether an answer is what was asked for, and may serve again. Default: each with status 200 may. */
  readonly mayServe?: (answer: Omit<OutgoingAnswer, 'tookMs'>) => boolean;
}

export interface OutgoingAnswer {
  readonly ok: true;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  readonly tookMs: number;
  /** True when an answer of before served, and no request was made. */
  readonly served?: true;
  /** Where it was the last for now: the instant before which the source asked not to be asked again (ISO 8601). */
  readonly retryAt?: string;
}

export interface OutgoingFailure {
  readonly ok: false;
  readonly failure: SourceFailure;
  readonly tookMs: number;
}

/** Never throws for what a source or the network does: a failure is a value, kept as an observation. */
export type Outgoing = (request: OutgoingRequest) => Promise<OutgoingAnswer | OutgoingFailure>;
