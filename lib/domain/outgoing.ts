import type { SourceFailure } from './failure.ts';

/** One request to a source, made only through the one outgoing function (`lib/server/outgoing`). */
export interface OutgoingRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whole request, from connect to the last byte. Default 10 000. */
  readonly timeoutMs?: number;
  /** After decompression. Default 32 MiB. */
  readonly maxBytes?: number;
  /** Statuses whose body is an answer to read (e.g. Prometheus's 400 and 422 JSON errors); 2xx always is. */
  readonly answerStatuses?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface OutgoingAnswer {
  readonly ok: true;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  readonly tookMs: number;
}

export interface OutgoingFailure {
  readonly ok: false;
  readonly failure: SourceFailure;
  readonly tookMs: number;
}

export type Outgoing = (request: OutgoingRequest) => Promise<OutgoingAnswer | OutgoingFailure>;
