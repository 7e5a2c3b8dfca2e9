import type { Readable } from 'node:stream';
import type { SourceFailure, SourceFailureKind } from '#lib/domain/failure.ts';
import type { OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';
import { readBody } from './body.ts';
import type { Deadline } from './deadline.ts';
import { failure, failureOfError } from './failures.ts';

/** One request on its way: what was asked for, the headers that go out, how sentences begin, and its end. */
export interface Exchange {
  readonly request: OutgoingRequest;
  readonly headers: Readonly<Record<string, string>>;
  /** Who is asked and where: `Prometheus energy at http://node:9090/api/v1/query`. */
  readonly at: string;
  readonly deadline: Deadline;
}

export type Reply =
  | { readonly ok: true; readonly answer: Omit<OutgoingAnswer, 'tookMs'> }
  | { readonly ok: false; readonly failure: SourceFailure };

const mebibyte = 1024 * 1024;

/** A failed reply. */
export function failed(
  kind: SourceFailureKind,
  message: string,
  status: number | null = null,
  retryAtMs: number | null = null,
): Reply {
  return { ok: false, failure: failure(kind, message, status, retryAtMs) };
}

/** What became of an exchange that broke. `bytes` had arrived of the body; null: no answer had begun. */
export function brokenReply(exchange: Exchange, host: string, error: unknown, bytes: number | null): Reply {
  const { at, deadline, request } = exchange;
  switch (deadline.ended()) {
    case 'called-off':
      return failed('timeout', `${at} was being asked when the request was called off.`);
    case 'timeout': {
      const seconds = (request.timeoutMs ?? 10_000) / 1000;
      const what = bytes === null ? 'did not answer' : `sent only ${bytes} bytes and did not finish`;
      return failed('timeout', `${at} ${what} within ${seconds} s: it is overloaded, or the way to it is.`);
    }
    case null:
      return { ok: false, failure: failureOfError(error, at, host, bytes) };
  }
}

/** Reads an answer's body within the request's cap and deadline. */
export async function bodyReply(
  exchange: Exchange,
  host: string,
  head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  body: Readable,
): Promise<Reply> {
  const { status, headers } = head;
  const maxBytes = exchange.request.maxBytes ?? 16 * mebibyte;
  const says = `${exchange.at} answers`;
  // What HEAD is answered names the encoding of a body that does not come.
  const isHead = exchange.request.method === 'HEAD';
  const result = await readBody(body, isHead ? {} : headers, maxBytes);
  switch (result.kind) {
    case 'whole':
      return { ok: true, answer: { ok: true, status, headers, body: result.text, bytes: result.bytes } };
    case 'too-large': {
      const cap = maxBytes >= mebibyte ? `${Math.floor(maxBytes / mebibyte)} MiB` : `${maxBytes} bytes`;
      return failed(
        'too-large',
        `${says} with more than ${cap}, which is not read: ask it for less.`,
        status,
      );
    }
    case 'bomb':
      return failed(
        'too-large',
        `${says} with ${result.encoding} data that inflates over 150 times: not read.`,
        status,
      );
    case 'unknown-encoding': {
      const encoding = result.encoding.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
      return failed('malformed', `${says} in the content encoding “${encoding}”, not asked for.`, status);
    }
    case 'garbled':
      return failed('malformed', `${says} with ${result.encoding} data that does not decompress.`, status);
    case 'broken':
      return brokenReply(exchange, host, result.error, result.bytes);
  }
}
