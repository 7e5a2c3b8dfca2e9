import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onLoopback } from '../loopback.ts';
import { requestPage } from '../vendors/request-page.ts';
import { type Answered, answerPath } from './answer.ts';
import { bodyOf } from './body.ts';
import type { GithubWorld, Permission } from './world.ts';
import { answerWrite } from './write-answers.ts';

/** The stand-in for a GitHub Enterprise Server, on loopback. */
export interface RunningGithub {
  /** Of the repository's page, as a spec names it. */
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
  /** True where it counted against the rate limit: an unchanged answer does not. */
  readonly counted: boolean;
  readonly answered: Answered | null;
}

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly answered?: Answered;
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

/** Serves a world as an Enterprise Server does: under `/api/v3`, hidden where no token sees it, with ETags and limits. */
export async function serveGithub(
  world: GithubWorld,
  options: { readonly port?: number; readonly now?: () => number; readonly instead?: Instead } = {},
): Promise<RunningGithub> {
  const now = options.now ?? Date.now;
  const asked: Asked[] = [];
  let origin = '';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const authorization = request.headers.authorization ?? null;
    const method = request.method ?? 'GET';
    const path = `${url.pathname}${url.search}`;
    const number = /^\/[^/]+\/[^/]+\/pull\/(\d+)$/.exec(url.pathname)?.[1];
    const pull = world.pulls.find((one) => String(one.number) === number);
    if (pull) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(requestPage({ ...pull, text: pull.body }));
      return;
    }
    const body = await bodyOf(request);
    const other = options.instead?.(path, method) ?? null;
    const isDone = other === null || other.afterwards === true;
    const write = method === 'POST' ? { body, nowMs: now() } : null;
    const said =
      limited(world, now()) ??
      (isDone || !write ? say(world, url, authorization, origin, write) : { status: 500, body: null });
    const counted = send(request, response, other ? null : said, world, now());
    asked.push({
      method,
      path,
      authorization,
      status: response.statusCode,
      counted,
      answered: said.answered ?? null,
    });
    if (other) {
      response.writeHead(other.status ?? 200, { 'content-type': 'application/json', ...other.headers });
      response.end(other.text);
    }
  });
  const { url, stop } = await onLoopback(server, options.port);
  origin = url;
  return {
    address: `${origin}/${world.owner}/${world.repo}`,
    origin,
    asked,
    stop,
  };
}

/** A 403 where nothing remains: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function limited(world: GithubWorld, nowMs: number): Said | null {
  const { limit } = world;
  if (nowMs >= limit.resetAtMs) Object.assign(limit, { used: 0, resetAtMs: nowMs + 3_600_000 });
  if (limit.used < limit.most) return null;
  return {
    status: 403,
    body: {
      message: 'API rate limit exceeded for installation.',
      documentation_url: 'https://docs.github.com/rest',
    },
  };
}

interface Write {
  readonly body: unknown;
  readonly nowMs: number;
}

function say(
  world: GithubWorld,
  url: URL,
  authorization: string | null,
  origin: string,
  write: Write | null,
): Said {
  const notFound = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' };
  const [, owner = '', repo = '', path = ''] =
    /^\/api\/v3\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
  const byId = /^\/api\/v3\/repositories\/7001(.*)$/.exec(url.pathname)?.[1];
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const may: ReadonlySet<Permission> | null =
    token === undefined ? new Set() : (world.tokens.get(token) ?? null);
  if (may === null)
    return {
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' },
    };
  // What may not be seen at all is not there.
  if (!may.has('metadata')) return { status: 404, body: notFound };
  if (world.formerNames.includes(`${owner}/${repo}`)) {
    const location = `${origin}/api/v3/repositories/7001${path}${url.search}`;
    return {
      status: 301,
      headers: { location },
      body: {
        message: 'Moved Permanently',
        url: location,
        documentation_url: 'https://docs.github.com/rest',
      },
    };
  }
  if (byId === undefined && (owner !== world.owner || repo !== world.repo))
    return { status: 404, body: notFound };
  const api = `${origin}/api/v3/repos/${world.owner}/${world.repo}`;
  const places = { api, page: `${origin}/${world.owner}/${world.repo}` };
  const answered = write
    ? answerWrite(byId ?? path, { world, places, may, ...write })
    : answerPath(world, places, byId ?? path, url.searchParams);
  if (answered === null) return { status: 404, body: notFound };
  const [permission, access = 'read'] = answered.permission.split(':');
  const headers = { 'x-accepted-github-permissions': `${permission}=${access}`, ...answered.headers };
  if (!may.has(answered.permission)) {
    const message = 'Resource not accessible by personal access token';
    return {
      status: 403,
      headers,
      body: { message, documentation_url: 'https://docs.github.com/rest', status: '403' },
    };
  }
  return { status: answered.status, headers, body: answered.body, answered };
}

/** Sends an answer with its ETag, or 304 where that is unchanged; true where it counted. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  said: Said | null,
  world: GithubWorld,
  nowMs: number,
): boolean {
  const { limit } = world;
  response.setHeader('date', new Date(nowMs).toUTCString());
  if (said === null) return true;
  const text = JSON.stringify(said.body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const unchanged = said.status === 200 && request.headers['if-none-match'] === etag;
  const counted = !unchanged && limit.used < limit.most;
  if (counted) limit.used += 1;
  response.writeHead(unchanged ? 304 : said.status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-api-version-selected': '2022-11-28',
    'x-ratelimit-limit': String(limit.most),
    'x-ratelimit-remaining': String(limit.most - limit.used),
    'x-ratelimit-used': String(limit.used),
    'x-ratelimit-reset': String(Math.ceil(limit.resetAtMs / 1000)),
    'x-ratelimit-resource': 'core',
    ...(said.status === 200 ? { etag } : {}),
    ...said.headers,
  });
  response.end(unchanged ? undefined : text);
  return counted;
}
