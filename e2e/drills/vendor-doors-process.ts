import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { serveGithub } from '#e2e/github/serve.ts';
import { emptyWorld } from '#e2e/github/world.ts';
import { serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld } from '#e2e/gitlab/world.ts';
import { startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, hold, wholePermissions } from '#e2e/grafana/world.ts';
import { push } from '#e2e/vendors/git-objects.ts';
import { startHostile } from '#lib/server/outgoing/hostile.ts';
import { onLoopback } from '../loopback.ts';
import { type Door, doors, type Misbehaviour, misbehaviours } from './vendor-doors.ts';

const at = '2026-11-19T09:05:00.000Z';
const mostForwarded = 4 * 1024 * 1024;

/** The vendors, and a door before each that misbehaves at one route, in a process of their own. */
async function serve(repository: string, token: string): Promise<Record<string, string>> {
  const nowMs = Date.now();
  const [github, gitlab] = [emptyWorld(nowMs), emptyGitlabWorld(nowMs)];
  github.tokens.set(token, new Set(['metadata', 'contents', 'actions']));
  gitlab.tokens.set(token, 'Reporter');
  github.limit.most = 1_000_000;
  gitlab.limit.most = 1_000_000;
  await Promise.all([push(repository, github), push(repository, gitlab)]);
  const commit = github.branches.get('main') ?? '';
  const job = {
    name: 'build',
    status: 'completed',
    conclusion: 'success',
    startedAt: at,
    completedAt: at,
  } as const;
  github.workflows.push({ id: 11, name: 'Gate', path: '.github/workflows/gate.yml', state: 'active' });
  github.runs.push({
    id: 1,
    workflow: 11,
    commit,
    branch: 'main',
    number: 1,
    attempt: 1,
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    startedAt: at,
    updatedAt: at,
    attempts: [[job]],
  });
  const times = { createdAt: at, updatedAt: at, startedAt: at, finishedAt: at };
  gitlab.pipelines.push({
    id: 1,
    commit,
    ref: 'main',
    status: 'success',
    source: 'push',
    ...times,
    duration: 60,
    yamlErrors: null,
  });
  const same = {
    allowFailure: false,
    failureReason: null,
    startedAt: at,
    finishedAt: at,
    retried: false,
    downstream: null,
  };
  gitlab.jobs.push({ id: 1, pipeline: 1, name: 'build', status: 'success', ...same });
  const grafana: GrafanaWorld = {
    dashboards: new Map(),
    libraryPanels: new Map(),
    dataSources: [{ uid: 'prometheus', name: 'Prometheus', type: 'prometheus', isDefault: true }],
    tokens: new Map([[token, wholePermissions]]),
  };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own form of a variable.
  const datasource = { type: 'prometheus', uid: '${datasource}' };
  const panels = [
    { id: 1, title: 'Up', type: 'timeseries', datasource, targets: [{ refId: 'A', expr: 'up' }] },
  ];
  const templating = { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] };
  hold(grafana, { uid: 'drill', title: 'Drill', templating, panels });
  const prometheus = await onLoopback(createServer((_request, response) => void response.end(matrix())));
  const endpoint = await onLoopback(
    createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"ok":true}');
    }),
  );
  const [hub, lab, held] = await Promise.all([
    serveGithub(github),
    serveGitlab(gitlab),
    startGrafana({ world: grafana, prometheus: () => prometheus.url }),
  ]);
  const behind = { github: hub.origin, gitlab: lab.origin, grafana: held.url, endpoint: endpoint.url };
  const pages = {
    github: `/${github.owner}/${github.repo}`,
    gitlab: `/${gitlab.project}`,
    grafana: '',
    endpoint: '',
  };
  const hostile = await startHostile();
  const addresses = await Promise.all(
    doors.map(async (door) => {
      const server = createServer((incoming, response) => {
        void pass(door, behind[door.vendor], hostile.origin, incoming, response);
      });
      const { url } = await onLoopback(server);
      return [door.id, `${url}${pages[door.vendor]}`] as const;
    }),
  );
  return Object.fromEntries(addresses);
}

function matrix(): string {
  const result = [{ metric: { job: 'node' }, values: [[Math.floor(Date.now() / 1000), '1']] }];
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
}

let now: Misbehaviour | undefined;
/** Where one vendor alone misbehaves. Blobs do everywhere: one that was read once is not asked for again. */
let only: Door['vendor'] | null = null;

/** Gives the vendor's answer, or at the door's route what it is to do now. */
async function pass(
  { id, route, vendor }: Door,
  behind: string,
  hostile: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isIts = only === null || only === vendor || id.endsWith('-blob');
  const isHere = isIts && route.test(incoming.url ?? '');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const path = isHere && now?.path ? now.path : null;
  const onward = request(
    path === null ? `${behind}${incoming.url}` : `${hostile}${path}`,
    { method: incoming.method, headers: { ...incoming.headers, host: new URL(behind).host } },
    (answer) => {
      answer.on('error', () => response.destroy());
      if (path !== null || !isHere || !now?.spoilt || answer.statusCode !== 200) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      } else void spoil(answer, now.spoilt, response);
    },
  );
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(Buffer.concat(chunks));
}

async function spoil(
  answer: IncomingMessage,
  spoilt: (json: string) => string,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes > mostForwarded) return void response.destroy();
  }
  const { 'content-length': _length, etag: _etag, ...headers } = answer.headers;
  response.writeHead(200, headers).end(spoilt(Buffer.concat(parts).toString()));
}

process.on('message', (message) => {
  const {
    repository,
    token,
    misbehaves,
    at: vendor,
  } = message as {
    repository?: string;
    token?: string;
    misbehaves?: string;
    at?: Door['vendor'] | null;
  };
  if (misbehaves !== undefined) {
    now = misbehaviours.find(({ id }) => id === misbehaves);
    only = vendor ?? null;
    process.send?.({});
  } else if (repository !== undefined && token !== undefined) {
    void serve(repository, token).then((addresses) => process.send?.(addresses));
  }
});
process.on('disconnect', () => process.exit(0));
