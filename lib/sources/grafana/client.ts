import type { z } from 'zod';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { authorisation } from '../authorisation.ts';

export type Reply<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly answer: number;
      /** When it answered, by its own clock where it tells; epoch milliseconds. */
      readonly answeredMs: number;
    }
  | { readonly ok: false; readonly failure: SourceFailure };

/** Reads an answer's JSON, or says what is wrong with it. */
export type ReadJson = (
  answer: OutgoingAnswer,
  what: string,
) => { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: SourceFailure };

/** One asking of one Grafana: each address once, whatever the number of questions. */
export interface Client {
  readonly title: string;
  readonly now: () => number;
  /** A GET below the source's address, parsed. */
  readonly get: <T>(path: string, schema: z.ZodType<T>) => Promise<Reply<T>>;
  readonly post: <T>(
    path: string,
    body: string,
    schema: z.ZodType<T>,
    answerStatuses: readonly number[],
  ) => Promise<Reply<T>>;
  readonly requests: () => number;
  readonly answers: readonly { readonly url: string; readonly body: string }[];
}

/** A client for one cycle. Failures come back as values. */
export function createClient(source: SourceSpec, context: SourceContext, readJson: ReadJson): Client {
  const answers: { url: string; body: string }[] = [];
  const asked = new Map<string, Promise<Reply<unknown>>>();
  let requests = 0;
  const send = async <T>(
    path: string,
    schema: z.ZodType<T>,
    more: Partial<OutgoingRequest>,
  ): Promise<Reply<T>> => {
    const url = `${source.address.replace(/\/+$/, '')}${path}`;
    requests += 1;
    const answer = await context.outgoing({
      url,
      what: source.title,
      timeoutMs: source.timeoutMs,
      ...(context.signal ? { signal: context.signal } : {}),
      ...more,
      headers: { ...more.headers, ...authorisation(context, url) },
    });
    if (!answer.ok) return { ok: false, failure: answer.failure };
    const json = readJson(answer, source.title);
    const read = json.ok ? schema.safeParse(json.value) : null;
    if (!read?.success && answer.status >= 500)
      return { ok: false, failure: broken(source.title, answer.status) };
    if (!json.ok) return { ok: false, failure: json.failure };
    if (!read?.success) return { ok: false, failure: strange(source.title, path, answer.status) };
    const answeredMs = Date.parse(answer.headers.date ?? '') || context.now();
    return { ok: true, value: read.data, answer: answers.push({ url, body: answer.body }) - 1, answeredMs };
  };
  return {
    title: source.title,
    now: context.now,
    get: <T>(path: string, schema: z.ZodType<T>) => {
      const known = asked.get(path) ?? send(path, schema, {});
      asked.set(path, known);
      return known as Promise<Reply<T>>;
    },
    post: (path, body, schema, answerStatuses) =>
      send(path, schema, {
        method: 'POST',
        idempotent: true,
        body,
        answerStatuses,
        headers: { 'content-type': 'application/json' },
      }),
    requests: () => requests,
    answers,
  };
}

/** A 5xx whose body is no answer is none, here as anywhere. */
function broken(title: string, status: number): SourceFailure {
  const message = `${title} answered ${status} and nothing that can be read: look at its log.`;
  return { kind: 'server-error', message, status, retryAt: null };
}

function strange(title: string, path: string, status: number): SourceFailure {
  const where = path.replace(/\?.*/s, '');
  const message = `${title} answered ${where} with JSON that is not of Grafana’s API: check the address.`;
  return { kind: 'malformed', message, status, retryAt: null };
}
