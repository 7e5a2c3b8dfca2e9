import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onLoopback } from '../loopback.ts';
import { answerQueries } from './query.ts';
import { dashboardResource, folderResource, groupTold, searchTold, statusTold } from './resources.ts';
import { dashboardTold, dataSourcesTold, hitTold, libraryElementTold } from './told.ts';
import { type GrafanaWorld, type HeldDashboard, titleOf } from './world.ts';

export interface RunningGrafana {
  readonly url: string;
  /** Method and path of each request it got, in order. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
}

interface StartOptions {
  readonly world: GrafanaWorld;
  /** The Prometheus behind a data source's uid; null for none. */
  readonly prometheus: (uid: string) => string | null;
  /** Default: a free one. */
  readonly port?: number;
}

/**
 * Stands where a Grafana would, on loopback: search, dashboards, library panels, data sources, permissions and queries,
 * as its HTTP API describes them. What a token may not see is left out of searches and refused elsewhere with 403.
 */
export async function startGrafana({ world, prometheus, port = 0 }: StartOptions): Promise<RunningGrafana> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const may = world.tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (!may) return send(response, 401, { message: 'Unauthorized' });
    const url = new URL(request.url ?? '/', 'http://grafana');
    const answer = await route(world, may, prometheus, request, url);
    send(response, answer.status, answer.body);
  });
  const { url, stop } = await onLoopback(server, port);
  return { url, requests, stop };
}

type May = Readonly<Record<string, readonly string[]>>;
type Answer = { readonly status: number; readonly body: unknown };

const ok = (body: unknown): Answer => ({ status: 200, body });
const notFound = (message: string): Answer => ({ status: 404, body: { message } });

function refused(action: string): Answer {
  const message = `You'll need additional permissions to perform this action. Permissions needed: ${action}`;
  return { status: 403, body: { accessErrorId: 'ACE0000000000', message, title: 'Access denied' } };
}

async function route(
  world: GrafanaWorld,
  may: May,
  prometheus: StartOptions['prometheus'],
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  if (url.pathname.startsWith('/apis/')) return resources(world, may, url);
  const [first, second, third] = url.pathname
    .replace(/^\/api\//, '')
    .split('/')
    .map(decodeURIComponent);
  if (request.method === 'POST' && url.pathname === '/api/ds/query') {
    if (!may['datasources:query']) return refused('datasources:query');
    return answerQueries(JSON.parse(await bodyOf(request)), prometheus);
  }
  if (request.method !== 'GET') return notFound('Not found');
  if (first === 'health') return ok({ commit: '90b8c0d', database: 'ok', version: '12.0.2' });
  if (first === 'frontend' && second === 'settings') return ok({ namespace: 'default' });
  if (world.legacy && (first === 'search' || first === 'dashboards'))
    return { status: world.legacy, body: { message: 'Not found' } };
  if (first === 'search') return ok(search(world, may, url.searchParams));
  if (first === 'dashboards' && second === 'uid') return dashboard(world, may, third ?? '');
  if (first === 'library-elements') {
    if (!may['library.panels:read']) return refused('library.panels:read');
    const told = libraryElementTold(world, second ?? '');
    return told ? ok(told) : notFound('library element could not be found');
  }
  if (first === 'datasources') {
    return may['datasources:read'] ? ok(dataSourcesTold(world)) : refused('datasources:read');
  }
  if (first === 'access-control' && second === 'user') return ok(may);
  return notFound('Not found');
}

/** `/apis/<group>/<version>/namespaces/<namespace>/<resource>/<name>`, or the group alone. */
function resources(world: GrafanaWorld, may: May, url: URL): Answer {
  const [group = '', version, , namespace, resource, name = ''] = url.pathname
    .replace(/^\/apis\//, '')
    .split('/')
    .map(decodeURIComponent);
  const missing = (what: string): Answer => ({ status: 404, body: statusTold(404, `${what} not found`) });
  if (!['dashboard.grafana.app', 'folder.grafana.app'].includes(group)) return missing(group);
  if (version === undefined) return ok(groupTold(group));
  if (namespace !== 'default') return missing(namespace ?? '');
  if (resource === 'search') {
    const text = (url.searchParams.get('query') ?? '').toLowerCase();
    return ok(searchTold(found(world, may, text)));
  }
  if (resource === 'folders') {
    if (!may['folders:read']) return { status: 403, body: statusTold(403, 'folders:read is needed') };
    const told = folderResource(world, name);
    return told ? ok(told) : missing(`folder ${name}`);
  }
  const held = resource === 'dashboards' ? world.dashboards.get(name) : undefined;
  if (!held) return missing(`dashboard ${name}`);
  if (!maySee(may, held)) return { status: 403, body: statusTold(403, 'dashboards:read is needed') };
  return ok(dashboardResource(name, held));
}

function found(world: GrafanaWorld, may: May, text: string): readonly (readonly [string, HeldDashboard])[] {
  return [...world.dashboards].filter(
    ([, held]) => maySee(may, held) && titleOf(held).toLowerCase().includes(text),
  );
}

function search(world: GrafanaWorld, may: May, query: URLSearchParams): unknown[] {
  const text = (query.get('query') ?? '').toLowerCase();
  return found(world, may, text).map(([uid, held], index) => hitTold(uid, held, index));
}

function dashboard(world: GrafanaWorld, may: May, uid: string): Answer {
  const held = world.dashboards.get(uid);
  if (!held) return notFound('Dashboard not found');
  if (!maySee(may, held)) return refused('dashboards:read');
  return ok(dashboardTold(uid, held));
}

function maySee(may: May, { folder }: HeldDashboard): boolean {
  const scopes = may['dashboards:read'] ?? [];
  return scopes.some((scope) =>
    ['dashboards:*', 'folders:*', `folders:uid:${folder.toLowerCase()}`].includes(scope),
  );
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
