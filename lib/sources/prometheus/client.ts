import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Outgoing, OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { Credential } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { authorisation } from '../authorisation.ts';
import { inTurns } from '../turns.ts';
import { errorStatuses, openEnvelope, type ReadJson } from './envelope.ts';
import { apiUrl, type Fields, formBody } from './request.ts';

export type Reply =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly warnings: readonly string[];
      /** Prometheus's own clock as it answered (epoch ms, whole seconds), or ours when it does not say. */
      readonly serverNowMs: number;
      readonly answer: number;
      /** True when it was read before, and nobody was asked now. */
      readonly served: boolean;
    }
  | { readonly ok: false; readonly failure: SourceFailure; readonly answer: number | null };

/** One asking of one Prometheus: counts requests, keeps raw answers, and lets few be under way at once. */
export interface Client {
  /** The source, for sentences. */
  readonly title: string;
  /** `servesForMs`: an answer of before, read so long ago or less, will do. */
  readonly get: (path: string, query?: Fields, servesForMs?: number) => Promise<Reply>;
  readonly post: (path: string, form: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly requests: () => number;
  readonly answers: readonly { readonly url: string; readonly body: string }[];
  readonly now: () => number;
}

export interface ClientOptions {
  readonly source: SourceSpec;
  readonly outgoing: Outgoing;
  readonly readJson: ReadJson;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly credential?: Credential | null;
}

const atOnce = 4;
const longestUrl = 2000;

/** A client for one cycle. Failures come back as values. */
export function createClient(context: ClientOptions): Client {
  const { source, outgoing, readJson, now, signal } = context;
  const answers: { url: string; body: string }[] = [];
  let requests = 0;
  const inTurn = inTurns(atOnce);

  const ask = async (request: OutgoingRequest, url: string): Promise<Reply> => {
    const answer = await outgoing({
      what: source.title,
      timeoutMs: source.timeoutMs,
      answerStatuses: errorStatuses,
      ...(signal ? { signal } : {}),
      ...request,
      headers: { ...request.headers, ...authorisation(context, request.url) },
    });
    if (!answer.ok || !answer.served) requests += 1;
    if (!answer.ok) return { ok: false, failure: answer.failure, answer: null };
    const index = answers.push({ url, body: answer.body }) - 1;
    const envelope = openEnvelope(answer, source.title, readJson);
    if (!envelope.ok) return { ...envelope, answer: index };
    const serverNowMs = Date.parse(answer.headers.date ?? '') || now();
    return { ...envelope, serverNowMs, answer: index, served: answer.served === true };
  };

  return {
    title: source.title,
    get: (path, query, servesForMs = 0) => {
      const url = apiUrl(source.address, path, query);
      return inTurn(() => ask({ url, servesForMs }, url));
    },
    post: (path, form) => {
      const url = apiUrl(source.address, path);
      const body = formBody(form);
      const again = `${url}?${body}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return inTurn(() =>
        ask(
          { url, method: 'POST', idempotent: true, headers, body },
          again.length <= longestUrl ? again : url,
        ),
      );
    },
    requests: () => requests,
    answers,
    now,
  };
}
