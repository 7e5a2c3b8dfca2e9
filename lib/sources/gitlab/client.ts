import { z } from 'zod';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Json } from '#lib/domain/json.ts';
import type { OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { shown } from '../as-told.ts';
import { authorisation } from '../authorisation.ts';
import { redact } from '../endpoint/redact.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { rightBy } from '../right-by.ts';
import { inTurns } from '../turns.ts';
import type { GitlabAddress } from './address.ts';
import { permissionOf, perPage, type Request, urlOf } from './request.ts';

/** What GitLab answered: a value, or a refusal (it may not be seen, or is not there), or no answer at all. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T; readonly answer: number | null; readonly next: number | null }
  | {
      readonly ok: false;
      /** Null where it was not answered. `project`: of the whole project, which is hidden from who may not see it. */
      readonly refusal: {
        readonly status: number;
        readonly project: boolean;
        readonly permission: string;
      } | null;
      readonly failure: SourceFailure;
    };

export type ReadJson = (
  answer: OutgoingAnswer,
  what: string,
) => { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: SourceFailure };

interface How<T> {
  /** What never changes under its URL (a tree at a commit, a blob) is not asked for again while it is kept. */
  readonly lasting?: boolean;
  /** Of that: whether it is the one that was asked for. Default: whatever is of its shape. */
  readonly isIt?: (value: T) => boolean;
  /** False where the raw answer is no evidence of its own. Default true. */
  readonly keep?: boolean;
}

/** One cycle over one project: the same URL is asked once, whoever asks; few requests are under way at once. */
export interface Client {
  readonly title: string;
  readonly address: GitlabAddress;
  readonly get: <T>(request: Request, schema: z.ZodType<T>, how?: How<T>) => Promise<Reply<T>>;
  /** Writes, once: nothing sends it again. What was asked before is asked anew afterwards. */
  readonly post: <T>(request: Request, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /** Headers alone; null where there is nothing. */
  readonly head: (request: Request) => Promise<Answer<Readonly<Record<string, string>> | null>>;
  /** Keeps a raw answer; its index. */
  readonly keep: (url: string, body: string) => number;
  readonly requests: () => number;
  readonly answers: readonly { readonly url: string; readonly body: string }[];
  readonly now: () => number;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly kept: number | null;
}

const dayMs = 86_400_000;
const refusals: readonly number[] = [400, 401, 403, 404, 409, 422];

/** A client for one cycle. The token goes to its own origin alone; failures come back as values. */
export function createClient(
  source: SourceSpec,
  address: GitlabAddress,
  context: SourceContext,
  readJson: ReadJson,
): Client {
  const { outgoing, now, signal, credential = null } = context;
  const answers: { url: string; body: string }[] = [];
  const asked = new Map<string, Promise<Answer<Answered>>>();
  const inTurn = inTurns(4);
  let requests = 0;
  const keep = (url: string, body: string): number => answers.push({ url, body }) - 1;
  const foreign = credential !== null && credential.origin !== address.pages;

  const send = async (request: Request, mayServe: OutgoingRequest['mayServe'] | null) => {
    if (foreign) return foreignToken(source.title, address);
    const url = urlOf(address, request);
    const told = await outgoing({
      url,
      what: source.title,
      method: request.method ?? 'GET',
      headers: {
        ...authorisation(context, url),
        ...(request.content ? { 'content-type': 'application/json' } : {}),
      },
      ...(request.content ? { body: JSON.stringify(request.content) } : {}),
      timeoutMs: source.timeoutMs,
      answerStatuses: refusals,
      ...(mayServe ? { servesForMs: 30 * dayMs, mayServe } : {}),
      ...(signal ? { signal } : {}),
    });
    if (!told.ok || !told.served) requests += 1;
    return told;
  };

  const ask = async (
    request: Request,
    mayServe: OutgoingRequest['mayServe'] | null,
    isKept: boolean,
  ): Promise<Answer<Answered>> => {
    const told = await send(request, mayServe);
    if (!told.ok) return told;
    const { status, headers } = told;
    const url = urlOf(address, request);
    const json = readJson(told, `${source.title} at ${url.replace(/\?.*/s, '')}`);
    if (!json.ok && status < 300) return json;
    // A maintainer is told the project's runners' token: what stands under such a name goes too.
    const kept = json.ok && status < 300 && isKept ? keep(url, JSON.stringify(redact(json.value))) : null;
    return { ok: true, value: { status, headers, body: json.ok ? json.value : null, kept } };
  };

  const read = <T>(request: Request, answer: Answer<Answered>, schema: z.ZodType<T>): Reply<T> => {
    if (!answer.ok) return { ok: false, refusal: null, failure: answer.failure };
    const { status, headers, body, kept } = answer.value;
    if (status >= 300) return refusalOf(request, source.title, answer.value, credential !== null);
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? '';
      const message = `${source.title} answered where it was asked for ${request.what} with a shape that is not GitLab’s${where === '' ? '' : ` (at ${shown(where)})`}: look at what stands in for it at ${address.pages}.`;
      return { ...failed('malformed', message, status), refusal: null };
    }
    const next = nextPage(headers, body, Number(request.query?.page ?? 1));
    return { ok: true, value: parsed.data, answer: kept, next };
  };

  return {
    title: source.title,
    address,
    get: async (request, schema, { lasting = false, isIt, keep: isKept = true } = {}) => {
      const url = urlOf(address, request);
      const asking =
        asked.get(url) ??
        inTurn(() => ask(request, lasting ? rightBy(readJson, schema, isIt) : null, isKept));
      asked.set(url, asking);
      return read(request, await asking, schema);
    },
    post: async (request, schema) => {
      const answer = await inTurn(() => ask(request, null, false));
      asked.clear();
      return read(request, answer, schema);
    },
    head: async (request) => {
      const told = await inTurn(() => send(request, null));
      if (!told.ok) return told;
      return { ok: true, value: told.status < 300 ? told.headers : null };
    },
    keep,
    requests: () => requests,
    answers,
    now,
  };
}

/** The page after this one, by `x-next-page`; where a proxy took that away, a full page has one after it. */
function nextPage(headers: Readonly<Record<string, string>>, body: Json, page: number): number | null {
  const said = headers['x-next-page'];
  if (said === undefined) return Array.isArray(body) && body.length >= perPage ? page + 1 : null;
  return Number(said) === page + 1 ? page + 1 : null;
}

function foreignToken(title: string, { pages }: GitlabAddress) {
  const message = `${title} was not asked: its token was given for another address than ${pages}; set the token again.`;
  return failed('refused', message);
}

const saidSchema = z
  .object({ message: z.unknown(), error: z.unknown(), error_description: z.unknown() })
  .partial();

/** GitLab hides what may not be seen behind 404, and says of a project that it hides “404 Project Not Found”. */
function refusalOf(
  request: Request,
  title: string,
  { status, body }: Answered,
  hasToken: boolean,
): Reply<never> {
  const { message, error, error_description: description } = saidSchema.safeParse(body).data ?? {};
  const said = [message, description, error].find((one) => typeof one === 'string') ?? '';
  const words = shown(String(said), 200);
  const permission = permissionOf(request);
  const project = status === 404 && (request.path === '' || /project not found/i.test(words));
  const give = hasToken ? `give its token ${permission}` : `give this source a token with ${permission}`;
  const asked = `${title} answered ${status} where it was asked for ${request.what}`;
  const sentence =
    status === 401 && !hasToken
      ? `${asked}: ${give}.`
      : status === 401
        ? `${title} answered 401: its token is not valid (expired, revoked or mistyped); set a new one with ${permission}.`
        : project
          ? `${title} shows no such project: look at its address, or ${give} there.`
          : status === 403 || status === 404
            ? `${asked}: ${give} in the project.`
            : `${asked} (${words === '' ? 'it gave no reason' : words}): look at the project there.`;
  const kind =
    status === 401 || status === 403 ? 'unauthorised' : status === 404 ? 'not-found' : 'error-status';
  return { ...failed(kind, sentence, status), refusal: { status, project, permission } };
}
