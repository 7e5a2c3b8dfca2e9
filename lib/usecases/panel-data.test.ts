import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type RunningGrafana, startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, hold, wholePermissions } from '#e2e/grafana/world.ts';
import { type OnLoopback, onLoopback } from '#e2e/loopback.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { ItemView } from '#lib/domain/view.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { checkOnce } from './check-once.ts';
import { collect } from './collect.ts';
import { kitOf } from './kit-of.ts';
import { moveSource } from './move-source.ts';
import { previewMove } from './preview-move.ts';
import { readSpec } from './read-spec.ts';
import { setSourceToken } from './source-token.ts';
import { switchSource } from './switch-source.ts';
import { viewItem } from './view-item.ts';

const minute = 60_000;
const specText = (id: string, grafana: string, prometheus: string, data = '') => `
format: big-green/v1
launch: { id: ${id}, title: Test, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  grafana: { kind: grafana, title: Grafana, address: '${grafana}' }
  energy: { kind: prometheus, title: Prometheus energy, address: '${prometheus}' }
metrics: { vault: { vault_total: { type: counter }, vault_balance: { type: gauge } } }
dashboards:
  vault:
    title: Vault
    file: monitoring/vault.json
    uid: vault
    folder: Mainnet
    panels:
      rate: { title: Rate, type: timeseries, queries: [{ expr: 'rate(vault_total[5m])' }] }
      balance: { title: Balance, type: timeseries, queries: [{ expr: vault_balance }] }
tracks:
  all: { title: All, lead: sre, items: { panels: { title: Panels, phase: launch, checks: [{ kind: dashboard, dashboard: vault, confirm: 1, maxAge: 10m${data} }] } } }
`;

let scratch: ScratchDatabase;
let house: House;
let grafana: RunningGrafana;
let prometheus: OnLoopback;
let server: Server;
let isUp = true;
let clockMs = 0;
let asked: { query: string; authorization: string | undefined }[] = [];
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
const world: GrafanaWorld = {
  dashboards: new Map(),
  libraryPanels: new Map(),
  dataSources: [{ uid: 'prom', name: 'Prometheus', type: 'prometheus', isDefault: true }],
  tokens: new Map(),
};
const { 'datasources:query': _query, ...noQuery } = wholePermissions;
const { 'datasources:read': _read, ...neither } = noQuery;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (!isUp) return request.socket.destroy();
      const query = new URLSearchParams(body).get('query') ?? '';
      asked.push({ query, authorization: request.headers.authorization });
      const values = [[Math.floor((Date.now() + clockMs) / 1000), '42']];
      const result = [{ metric: { x: 'a' }, values }];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
    });
  });
  prometheus = await onLoopback(server);
  grafana = await startGrafana({ world, prometheus: () => prometheus.url });
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: () => Date.now() + clockMs,
    cacheDir: '/nonexistent',
  };
  const read = readSpec(specText('kit', grafana.url, prometheus.url), 'test.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const file = kitOf(read.value.spec)?.find(({ path }) => path.endsWith('vault.json'));
  const text = file?.text.replaceAll('[5m]', '[$__rate_interval]') ?? '';
  hold(world, JSON.parse(text) as JsonObject, { folder: 'Mainnet' });
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  await grafana.stop();
  await prometheus.stop();
});
beforeEach(() => {
  isUp = true;
  asked = [];
});

async function begin(
  id: string,
  may: GrafanaWorld['tokens'] extends Map<string, infer M> ? M : never,
  data = '',
  at = grafana,
) {
  world.tokens.set('viewer-of-grafana', may);
  const text = specText(id, at.url, prometheus.url, data);
  const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.problem));
  const keyOf = async (sourceId: string) =>
    (await house.db.launchSource.findFirstOrThrow({ where: { launchId: id, sourceId } })).sourceKey;
  const [key, energy] = [await keyOf('grafana'), await keyOf('energy')];
  await setSourceToken(key, 'viewer-of-grafana', house);
  const look = async (): Promise<ItemView['checks'][number]> => {
    await collect(key, house);
    const item = await viewItem(id, 'panels', house);
    if (!item.ok) throw new Error(item.problem.message);
    const [check] = item.value.checks;
    if (!check) throw new Error('The item has no check.');
    return check;
  };
  return { look, key, energy, text };
}

test('a data source that is down leaves the verdict standing, silent, and unknown only after maxAge', async () => {
  const { look } = await begin('down', wholePermissions);
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: null });
  isUp = false;
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: expect.any(String) });
  clockMs += 9 * minute;
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: expect.any(String) });
  clockMs += 2 * minute;
  expect(await look()).toMatchObject({ verdict: 'unknown' });
  isUp = true;
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: null });
});

test('a Prometheus behind Grafana that is moved takes what was judged by its answers with it', async () => {
  const { look, energy } = await begin('moved', noQuery, ', data: { source: energy }');
  expect((await look()).verdict).toBe('pass');
  const { specDigest } = await house.db.launch.findUniqueOrThrow({ where: { id: 'moved' } });
  const launches = [{ launch: 'moved', source: 'energy', spec: specDigest }];
  const preview = await previewMove(energy, { to: 'http://127.0.0.1:9', launches }, house);
  expect(preview.ok && preview.value.launches).toMatchObject([{ blockers: [{ id: 'panels' }] }]);
  await moveSource(energy, { to: 'http://127.0.0.1:9', launches, token: null }, house);
  const item = await viewItem('moved', 'panels', house);
  const [check] = item.ok ? item.value.checks : [];
  expect(check).toMatchObject({ verdict: 'unknown', judgement: null });
  expect(check?.sentence).toContain('Prometheus energy is read at http://127.0.0.1:9 since');
  expect(await look()).toMatchObject({ verdict: 'unknown', judgement: null });
});

test('without the permission, and no Prometheus named, it is unknown with the permission’s name', async () => {
  const { look } = await begin('refused', noQuery);
  const check = await look();
  expect(check.verdict).toBe('unknown');
  expect(check.sentence).toContain('datasources:query');
  expect(asked).toEqual([]);
});

test.each([
  ['the permission to query', noQuery],
  ['that and the sight of data sources', neither],
])('without %s the named Prometheus is asked itself, with its own token', async (what, may) => {
  const id = what.startsWith('that') ? 'neither' : 'behind';
  const { look, energy } = await begin(id, may, ', data: { source: energy }');
  await setSourceToken(energy, 'token-of-prometheus', house);
  const check = await look();
  expect(check.verdict).toBe('pass');
  expect(check.sentence).toContain('The data was asked from Prometheus energy itself: Grafana does not let');
  expect(asked.map(({ query }) => query)).toEqual(
    expect.arrayContaining(['rate(vault_total[60s])', 'vault_balance']),
  );
  expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer token-of-prometheus']),
  );
  isUp = false;
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: expect.any(String) });
  isUp = true;
  await switchSource(energy, 'off', house);
  asked = [];
  expect(await look()).toMatchObject({ verdict: 'pass', silentSince: expect.any(String) });
  expect(asked).toEqual([]);
  await switchSource(energy, 'on', house);
});

test('with the permission Grafana is asked, and where the spec says so it never is', async () => {
  const through = await begin('through', wholePermissions, ', data: { source: energy }');
  expect((await through.look()).sentence).not.toContain('itself');
  const own = await startGrafana({ world, prometheus: () => prometheus.url });
  onTestFinished(own.stop);
  const past = await begin('past', wholePermissions, ', data: { source: energy, when: always }', own);
  const check = await past.look();
  expect(check).toMatchObject({ verdict: 'pass' });
  expect(check.sentence).toContain('The data was asked from Prometheus energy itself: so the spec says');
  expect(own.requests).toEqual(['GET /api/dashboards/uid/vault', 'GET /api/datasources']);
});

test('a look without a server asks it, too, with the token it was given', async () => {
  const { text } = await begin('once', noQuery, ', data: { source: energy }');
  const read = readSpec(text, 'test.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  const tokens = new Map([
    ['grafana', 'viewer-of-grafana'],
    ['energy', 'token-given-here'],
  ]);
  const board = await checkOnce({ spec: read.value.spec, addresses: {}, tokens }, house);
  expect(board).toMatchObject({ ok: true, value: { tracks: [{ items: [{ state: 'ready' }] }] } });
  expect(asked[0]?.authorization).toBe('Bearer token-given-here');
});

test.each([
  ['nowhere', 'he spec has no source `nowhere`'],
  ['grafana', '`grafana` is a `grafana`'],
])('a spec that names %s for the data is told so', (source, words) => {
  const read = readSpec(
    specText('x', grafana.url, prometheus.url, `, data: { source: ${source} }`),
    't.yaml',
  );
  expect(read.ok).toBe(false);
  expect(JSON.stringify(read)).toContain(words);
});
