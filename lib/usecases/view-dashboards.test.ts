import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningGrafana, startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, hold, wholePermissions } from '#e2e/grafana/world.ts';
import type { DashboardsView } from '#lib/domain/dashboards-view.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { kitOf } from './kit-of.ts';
import { readSpec } from './read-spec.ts';
import { setSourceToken } from './source-token.ts';
import { viewDashboards } from './view-dashboards.ts';

const specText = `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { grafana: { kind: grafana, address: 'http://127.0.0.1:1' } }
metrics: { vault: { vault_lag_seconds: { type: gauge }, vault_balance: { type: gauge } } }
thresholds: { lag: { title: Lag, metric: vault_lag_seconds, unit: seconds, above: { warning: 300, critical: 600 } } }
dashboards:
  vault:
    title: Vault
    file: monitoring/vault.json
    uid: vault
    folder: Mainnet
    panels:
      lag: { title: Lag, type: timeseries, threshold: lag }
      balance: { title: Balance, type: timeseries, queries: [{ expr: vault_balance }] }
tracks:
  all: { title: All, lead: sre, items: { panels: { title: Panels, phase: launch, checks: [{ kind: dashboard, dashboard: vault, confirm: 1 }] } } }
`;

let scratch: ScratchDatabase;
let house: House;
let grafana: RunningGrafana;
let prometheus: Server;
let value = '42';
let answering = ['vault_lag_seconds', 'vault_balance'];
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
const world: GrafanaWorld = {
  dashboards: new Map(),
  libraryPanels: new Map(),
  dataSources: [{ uid: 'prom', name: 'Prometheus', type: 'prometheus', isDefault: true }],
  tokens: new Map([['viewer', wholePermissions]]),
};

beforeAll(async () => {
  prometheus = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const query = new URLSearchParams(body).get('query') ?? '';
      const values = [[Math.floor(Date.now() / 1000), value]];
      const result = answering.some((name) => query.includes(name)) ? [{ metric: { x: 'a' }, values }] : [];
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
    });
  });
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const behind = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
  grafana = await startGrafana({ world, prometheus: () => behind });
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  const text = specText.replace('http://127.0.0.1:1', grafana.url);
  const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.problem));
  await setSourceToken(await key(), 'viewer', house);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  await grafana.stop();
  prometheus.close();
});

async function key(): Promise<string> {
  return (await house.db.launchSource.findFirstOrThrow()).sourceKey;
}

/** The kit's own file of the spec's dashboard, as somebody imports it. */
function kitDashboard(): JsonObject {
  const read = readSpec(specText, 'test.yaml');
  const file = read.ok ? kitOf(read.value.spec)?.find(({ path }) => path.endsWith('vault.json')) : null;
  return JSON.parse(file?.text ?? '') as JsonObject;
}

async function looked(): Promise<DashboardsView> {
  await collect(await key(), house);
  const view = await viewDashboards('test', house);
  if (!view.ok) throw new Error(view.problem.message);
  return view.value;
}

const states = (view: DashboardsView) =>
  view.dashboards.flatMap(({ panels }) => panels.map(({ title, state }) => [title, state]));

test('what Grafana does not hold is missing, and nothing is drawn', async () => {
  const view = await looked();
  expect(view.verdict).toBe('fail');
  expect(view.dashboards[0]).toMatchObject({
    held: null,
    sentence: expect.stringContaining('does not hold it'),
  });
  expect(states(view)).toEqual([
    ['Lag', 'missing'],
    ['Balance', 'missing'],
  ]);
});

test('the kit’s dashboard with data is there, drawn with the spec’s bounds', async () => {
  hold(world, kitDashboard(), { folder: 'Mainnet' });
  const view = await looked();
  expect([view.title, view.verdict]).toEqual(['Dashboards: 2 of 2 panels as required', 'pass']);
  expect(view.dashboards[0]).toMatchObject({ held: { folder: 'Mainnet', version: 1 } });
  expect(view.dashboards[0]?.panels[0]).toMatchObject({
    state: 'there',
    seriesWithData: 1,
    lines: [{ name: 'a', points: [[expect.any(Number), 42]] }],
    bounds: [
      { word: 'warning', value: 300 },
      { word: 'critical', value: 600 },
    ],
  });
});

test('a panel without data, one that drifted and one that is gone are told apart', async () => {
  answering = ['vault_balance'];
  expect(states(await looked())).toEqual([
    ['Lag', 'without-data'],
    ['Balance', 'there'],
  ]);
  answering = ['vault_lag_seconds', 'vault_balance'];
  const drifted = JSON.parse(JSON.stringify(kitDashboard()).replaceAll('600', '900')) as JsonObject;
  hold(world, drifted, { folder: 'Mainnet' });
  const view = await looked();
  expect(states(view)).toEqual([
    ['Lag', 'drifted'],
    ['Balance', 'there'],
  ]);
  expect(view.dashboards[0]?.panels[0]?.says).toContain('300 and 900, not 300 and 600');
  expect(view.dashboards[0]?.panels[0]?.bounds).toEqual([
    { word: 'warning', value: 300 },
    { word: 'critical', value: 600 },
    { word: 'Grafana', value: 900 },
  ]);
  const { panels, ...rest } = kitDashboard() as { panels: JsonObject[] };
  hold(world, { ...rest, panels: panels.filter(({ title }) => title !== 'Balance') }, { folder: 'Mainnet' });
  const gone = await looked();
  expect(states(gone)).toEqual([
    ['Lag', 'there'],
    ['Balance', 'missing'],
  ]);
  expect(gone.sentence).toContain('1 missing');
});

test('a panel is drawn as it is now, though nothing that decides has changed', async () => {
  hold(world, kitDashboard(), { folder: 'Mainnet' });
  await looked();
  const rows = await house.db.evidence.count();
  value = '43';
  const later = { ...house, now: () => Date.now() + 120_000 };
  await collect(await key(), later);
  const view = await viewDashboards('test', later);
  expect(view.ok && view.value.dashboards[0]?.panels[0]?.lines[0]?.points.at(-1)?.[1]).toBe(43);
  expect(await house.db.evidence.count()).toBe(rows);
});

test('a launch without such a check says so', async () => {
  expect((await viewDashboards('nowhere', house)).ok).toBe(false);
});
