import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { bodyOf } from '#e2e/github/body.ts';
import { onLoopback } from '../loopback.ts';
import { requestPage } from '../vendors/request-page.ts';
import { answerPath } from './answer.ts';
import type { GitlabWorld } from './world.ts';
import { answerWrite } from './write-answers.ts';

/** The stand-in for a self-managed GitLab, on loopback. */
export interface RunningGitlab {
  /** Of the project's page, as a spec names it. */
  readonly address: string;
  /** Where a token may go. */
  readonly origin: string;
  readonly asked: readonly Asked[];
  readonly stop: () => Promise<void>;
}

/** One request, and what it was answered. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly status: number;
}

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a test wants said in place of the answer: anything at all. Null: the answer. */
export type Instead = (
  path: string,
  method: string,
) => {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
  /** Says it only once the request was carried out, as where an answer is lost on its way. */
  readonly afterwards?: boolean;
} | null;

/** Serves a world as GitLab does: under `/api/v4`, hidden from who is no member, paged, with ETags and limits. */
export async function serveGitlab(
  world: GitlabWorld,
  options: { readonly port?: number; readonly now?: () => number; readonly instead?: Instead } = {},
): Promise<RunningGitlab> {
  const now = options.now ?? Date.now;
  const asked: Asked[] = [];
  let origin = '';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const authorization = bearerOf(request);
    const path = `${url.pathname}${url.search}`;
    const method = request.method ?? 'GET';
    const number = /\/-\/merge_requests\/(\d+)$/.exec(url.pathname)?.[1];
    const merge = world.mergeRequests.find((one) => String(one.number) === number);
    if (merge) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(requestPage({ ...merge, text: merge.description }));
      return;
    }
    const write = method === 'POST' ? { body: await bodyOf(request), nowMs: now() } : null;
    const other = options.instead?.(path, method) ?? null;
    const isDone = other === null || other.afterwards === true;
    const said =
      limited(world, now()) ??
      (isDone || !write ? say(world, url, authorization, origin, write) : { status: 500, body: null });
    if (other)
      response.writeHead(other.status ?? 200, { 'content-type': 'application/json', ...other.headers });
    else send(request, response, said, world, now());
    asked.push({ method, path, authorization, status: response.statusCode });
    if (other) response.end(other.text);
  });
  const { url, stop } = await onLoopback(server, options.port);
  origin = url;
  return {
    address: `${origin}/${world.project}`,
    origin,
    asked,
    stop,
  };
}

/** A token in either of the headers that GitLab takes it in: https://docs.gitlab.com/api/rest/authentication/ */
function bearerOf({ headers }: IncomingMessage): string | null {
  const own = headers['private-token'];
  return headers.authorization ?? (typeof own === 'string' ? `Bearer ${own}` : null);
}

/** A 429 where nothing remains: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ */
function limited({ limit }: GitlabWorld, nowMs: number): Said | null {
  if (nowMs >= limit.resetAtMs) Object.assign(limit, { used: 0, resetAtMs: nowMs + 60_000 });
  if (limit.used < limit.most) return null;
  const seconds = Math.max(1, Math.ceil((limit.resetAtMs - nowMs) / 1000));
  return { status: 429, headers: { 'retry-after': String(seconds) }, body: 'Retry later\n' };
}

interface Write {
  readonly body: unknown;
  readonly nowMs: number;
}

function say(
  world: GitlabWorld,
  url: URL,
  authorization: string | null,
  origin: string,
  write: Write | null,
): Said {
  const hidden = { status: 404, body: { message: '404 Project Not Found' } };
  const [, id = '', path = ''] = /^\/api\/v4\/projects\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
  if (id === '') return { status: 404, body: { error: '404 Not Found' } };
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const role = token === undefined ? null : world.tokens.get(token);
  if (role === undefined) return { status: 401, body: { message: '401 Unauthorized' } };
  // What may not be seen at all is not there.
  if (role === null) return hidden;
  const project = decodeURIComponent(id);
  if (world.formerPaths.includes(project)) {
    const location = `${origin}/api/v4/projects/4711${path}${url.search}`;
    return {
      status: 301,
      headers: { location },
      body: { message: 'This resource has been moved permanently', location },
    };
  }
  if (project !== world.project && project !== '4711') return hidden;
  const places = { origin, page: `${origin}/${world.project}` };
  if (write) {
    const scope = world.writers.has(token ?? '') ? 'api' : 'read_api';
    const said = answerWrite(path, role, scope, { world, places, ...write });
    return said ?? { status: 404, body: { error: '404 Not Found' } };
  }
  const answered = answerPath(world, places, path, url.searchParams, role);
  if ('status' in answered) return answered;
  if ('headers' in answered) return { status: 200, headers: answered.headers, body: '' };
  if ('body' in answered) return { status: 200, body: answered.body };
  return paged(answered.list, url);
}

/** One page of a list, with GitLab's headers: https://docs.gitlab.com/api/rest/#offset-based-pagination */
function paged(list: readonly unknown[], url: URL): Said {
  const size = Math.min(100, Math.max(1, Number(url.searchParams.get('per_page') ?? 20)));
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const pages = Math.max(1, Math.ceil(list.length / size));
  const next = page < pages ? String(page + 1) : '';
  const headers = {
    'x-page': String(page),
    'x-per-page': String(size),
    'x-next-page': next,
    'x-prev-page': page > 1 ? String(page - 1) : '',
    'x-total': String(list.length),
    'x-total-pages': String(pages),
  };
  return { status: 200, headers, body: list.slice((page - 1) * size, page * size) };
}

/** Sends an answer with its ETag, or 304 where that is unchanged; both count against the limit. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Said,
  { limit }: GitlabWorld,
  nowMs: number,
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  const isUnchanged = status === 200 && text !== '' && request.headers['if-none-match'] === etag;
  if (limit.used < limit.most) limit.used += 1;
  response.writeHead(isUnchanged ? 304 : status, {
    date: new Date(nowMs).toUTCString(),
    'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
    'cache-control': 'max-age=0, private, must-revalidate',
    vary: 'Origin, Accept-Encoding',
    'x-gitlab-meta': '{"correlation_id":"01","version":"1"}',
    'ratelimit-name': 'throttle_authenticated_api',
    'ratelimit-limit': String(limit.most),
    'ratelimit-observed': String(limit.used),
    'ratelimit-remaining': String(limit.most - limit.used),
    'ratelimit-reset': String(Math.ceil(limit.resetAtMs / 1000)),
    ...(status === 200 && text !== '' ? { etag } : {}),
    ...headers,
  });
  response.end(isUnchanged || request.method === 'HEAD' ? undefined : text);
}
