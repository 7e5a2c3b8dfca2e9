import type { z } from 'zod';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { redactText } from '../endpoint/redact.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { rightBy } from '../right-by.ts';
import { inTurns } from '../turns.ts';
import type { GithubAddress } from './address.ts';
import { permissionNeeded } from './permissions.ts';
import { headersOf, type Parameters, type Route, urlOf, type WriteRoute, writeOf } from './request.ts';

/** What GitHub answered: a value, or that it may not be seen, or is not there; a failure says which in words. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T; readonly answer: number | null }
  | Refusal
  | { readonly ok: false; readonly refusal: null; readonly failure: SourceFailure };

/** A 401, 403, 404, 409 or 422: what it means depends on what was asked. */
export interface Refusal {
  readonly ok: false;
  readonly refusal: { readonly status: number; readonly message: string; readonly permission: string };
  readonly failure: SourceFailure;
}

export type ReadJson = (
  answer: OutgoingAnswer,
  what: string,
) => { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: SourceFailure };

/** One cycle over one repository: the same URL is asked once, whoever asks; few requests are under way at once. */
export interface Client {
  readonly title: string;
  readonly address: GithubAddress;
  /**
   * `lasting`: what never changes under its URL (an object by its id) and is not asked for again while it is kept; only
   * where it is of its shape and, as `isIt` says, the one that was asked for.
   */
  readonly get: <T>(
    route: Route,
    parameters: Parameters,
    schema: z.ZodType<T>,
    how?: { readonly lasting?: boolean; readonly isIt?: (value: T) => boolean; readonly keep?: boolean },
  ) => Promise<Reply<T>>;
  /** Writes, once: nothing sends it again. What was asked before is asked anew afterwards. */
  readonly post: <T>(route: WriteRoute, content: JsonObject, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /** Keeps a raw answer; its index. */
  readonly keep: (url: string, body: string) => number;
  readonly requests: () => number;
  readonly answers: readonly { readonly url: string; readonly body: string }[];
  readonly now: () => number;
}

const atOnce = 4;
const dayMs = 86_400_000;
const refusals: readonly number[] = [401, 403, 404, 409, 422];

/** A client for one cycle. The token goes to the API's own origin alone; failures come back as values. */
export function createClient(
  source: SourceSpec,
  address: GithubAddress,
  context: SourceContext,
  readJson: ReadJson,
): Client {
  const { outgoing, now, signal, credential = null } = context;
  const answers: { url: string; body: string }[] = [];
  const asked = new Map<string, Promise<Told>>();
  const inTurn = inTurns(atOnce);
  let requests = 0;
  const keep = (url: string, body: string): number => answers.push({ url, body }) - 1;
  const foreign = credential !== null && credential.origin !== new URL(address.api).origin;

  const ask = async (
    url: string,
    mayServe: OutgoingRequest['mayServe'] | null,
    kept: boolean,
    body?: string,
  ) => {
    if (foreign) return { answer: foreignToken(source.title, address), kept: null };
    const told = await outgoing({
      url,
      what: source.title,
      headers: {
        ...headersOf(credential?.token ?? null),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body }),
      timeoutMs: source.timeoutMs,
      answerStatuses: refusals,
      ...(mayServe ? { servesForMs: 30 * dayMs, mayServe } : {}),
      ...(signal ? { signal } : {}),
    });
    if (!told.ok || !told.served) requests += 1;
    if (!told.ok) return { answer: told, kept: null };
    const json = readJson(told, `${source.title} at ${url.replace(/[?#].*/s, '')}`);
    const { status, headers } = told;
    if (!json.ok && status < 300) return { answer: json, kept: null };
    const index = status < 300 && kept ? keep(url, redactText(told.body)) : null;
    const value: Answered = { status, headers, body: json.ok ? json.value : null };
    return { answer: { ok: true, value } as const, kept: index };
  };

  const read = <T>(route: Route, { answer, kept: index }: Told, schema: z.ZodType<T>): Reply<T> => {
    if (!answer.ok) return { ok: false, refusal: null, failure: answer.failure };
    const { status, body } = answer.value;
    if (status >= 300) return refusalOf(route, source.title, answer.value, credential !== null);
    const parsed = schema.safeParse(body);
    if (parsed.success) return { ok: true, value: parsed.data, answer: index };
    const where = parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? '';
    const message = `${source.title} answered with a ${route} of a shape that is not GitHub’s${where === '' ? '' : ` (at ${where})`}: look at what stands in for it at ${address.api}.`;
    return { ...failed('malformed', message, status), refusal: null };
  };

  return {
    title: source.title,
    address,
    get: async (route, parameters, schema, { lasting = false, isIt, keep: kept = true } = {}) => {
      const url = urlOf(route, address, parameters);
      const asking =
        asked.get(url) ?? inTurn(() => ask(url, lasting ? rightBy(readJson, schema, isIt) : null, kept));
      asked.set(url, asking);
      return read(route, await asking, schema);
    },
    post: async (route, content, schema) => {
      const { url, body } = writeOf(route, address, content);
      const told = await inTurn(() => ask(url, null, false, body));
      asked.clear();
      return read(route, told, schema);
    },
    keep,
    requests: () => requests,
    answers,
    now,
  };
}

interface Told {
  readonly answer: Answer<Answered>;
  readonly kept: number | null;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

function foreignToken(title: string, { api }: GithubAddress): Answer<never> {
  const message = `${title} was not asked: its token was given for another address than ${new URL(api).origin}; set the token again.`;
  return failed('refused', message);
}

function refusalOf(
  route: Route,
  title: string,
  { status, headers, body }: Answered,
  hasToken: boolean,
): Refusal {
  const said = body !== null && typeof body === 'object' && 'message' in body ? body.message : '';
  const message = typeof said === 'string' ? said.slice(0, 200) : '';
  const permission = permissionNeeded(route, headers);
  const give = hasToken ? `give its token ${permission}` : `give this source a token with ${permission}`;
  const sentence =
    status === 401
      ? `${title} answered 401: its token is not valid (expired, revoked or mistyped); set a new one with ${permission}.`
      : `${title} answered ${status} where it was asked for ${words[route]}: ${status === 403 || status === 404 ? give : `look at the repository (${message === '' ? 'it gave no reason' : message})`}.`;
  const kind =
    status === 401 || status === 403 ? 'unauthorised' : status === 404 ? 'not-found' : 'error-status';
  return { ...failed(kind, sentence, status), refusal: { status, message, permission } };
}

const words: Readonly<Record<Route, string>> = {
  repository: 'the repository',
  commits: 'commits',
  gitRef: 'a branch or tag',
  gitTag: 'a tag',
  gitCommit: 'the candidate’s commit',
  gitTree: 'a folder',
  gitBlob: 'a file',
  workflows: 'workflows',
  workflow: 'the workflow',
  runs: 'the workflow’s runs',
  jobs: 'a run’s jobs',
  rules: 'the branch’s rules',
  branch: 'the branch',
  requiredChecks: 'the branch’s protection',
  checkRuns: 'check runs',
  statuses: 'commit statuses',
  pulls: 'pull requests',
  createBlob: 'a new file',
  createTree: 'a new folder',
  createCommit: 'a new commit',
  createRef: 'a new branch',
  createPull: 'a new pull request',
};
