import { createServer } from 'node:http';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { type RunningGrafana, startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, hold, wholePermissions } from '#e2e/grafana/world.ts';
import { onLoopback } from '#e2e/loopback.ts';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import type { DashboardSeen, PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askGrafana } from './index.ts';

const binary = await findPrometheus(environment().prometheusBin);
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
const world: GrafanaWorld = {
  dashboards: new Map(),
  libraryPanels: new Map(),
  dataSources: [{ uid: 'prom', name: 'Prometheus', type: 'prometheus', isDefault: true }],
  tokens: new Map(),
};
let grafana: RunningGrafana;
let behind = 'http://127.0.0.1:9';

beforeAll(async () => {
  grafana = await startGrafana({ world, prometheus: (uid) => (uid === 'prom' ? behind : null) });
});
afterAll(async () => {
  await grafana.stop();
  await outgoing.close();
});
beforeEach(() => {
  world.dashboards.clear();
  world.libraryPanels.clear();
  world.tokens.clear();
  world.tokens.set('whole', wholePermissions);
});

async function ask(
  questions: readonly Question[],
  token = 'whole',
  origin = grafana.url,
  address = `${grafana.url}/`,
) {
  const source: SourceSpec = {
    id: 'grafana',
    title: 'Grafana',
    kind: 'grafana',
    network: null,
    address,
    everyMs: 60_000,
    timeoutMs: 5000,
    buildInfo: null,
  };
  const context = { outgoing, now: Date.now, commit: null, credential: { origin, token } };
  return askGrafana(source, questions, context);
}

const dashboard = (uid: string | null, title: string, folder: string | null = null): Question => {
  return { ask: 'dashboard', source: 'grafana', uid, title, folder };
};

const panel = (expr: string, uid = 'prom', instant = false): Question => ({
  ask: 'panel-data',
  source: 'grafana',
  dataSource: { uid, type: 'prometheus' },
  expr,
  instant,
  rangeMs: 60_000,
});

async function seenOf(...given: Parameters<typeof ask>): Promise<DashboardSeen> {
  const outcome = (await ask(...given)).observations[0]?.outcome;
  if (!outcome?.ok) throw new Error(outcome?.failure.message ?? 'not answered');
  return outcome.value as DashboardSeen;
}

async function failureOf(...given: Parameters<typeof ask>) {
  const outcome = (await ask(...given)).observations[0]?.outcome;
  return outcome && !outcome.ok ? outcome.failure : null;
}

describe('a dashboard', () => {
  test('is found by its uid, whatever its title and folder', async () => {
    hold(world, { uid: 'tb', title: 'Treasury', panels: [] }, { folder: 'Mainnet', provisioned: true });
    expect((await seenOf([dashboard('tb', 'Another')])).dashboards).toMatchObject([
      { uid: 'tb', title: 'Treasury', folder: 'Mainnet', provisioned: true, href: `${grafana.url}/d/tb/x` },
    ]);
  });

  test('that would grow beyond measure by its library panels is told without its JSON', async () => {
    const panels = Array.from({ length: 20_000 }, (_, id) => ({ id, libraryPanel: { uid: 'lib' } }));
    hold(world, { uid: 'tb', title: 'T', panels });
    world.libraryPanels.set('lib', { title: 'x'.repeat(100_000) });
    const [held] = (await seenOf([dashboard('tb', 'T')])).dashboards;
    expect(held).toMatchObject({ uid: 'tb', json: null });
  });

  test('with more library panels than anybody lays out costs no more than a hundred requests for them', async () => {
    const panels = Array.from({ length: 1000 }, (_, id) => ({ id, libraryPanel: { uid: `lib-${id}` } }));
    hold(world, { uid: 'tb', title: 'T', panels });
    for (const { libraryPanel } of panels) world.libraryPanels.set(libraryPanel.uid, { title: 'x' });
    const before = grafana.requests.length;
    const [held] = (await seenOf([dashboard('tb', 'T')])).dashboards;
    const asked = grafana.requests.slice(before).filter((one) => one.includes('/library-elements/'));
    expect(asked).toHaveLength(100);
    expect(held?.missingLibraryPanels).toHaveLength(900);
  });

  test('has nothing of a library panel that is not found but its reference, whatever stands beside it', async () => {
    const libraryPanel = { uid: 'gone', name: 'Balance' };
    const stale = { title: 'Balance', type: 'stat', targets: [{ expr: 'up' }] };
    hold(world, {
      ...{ uid: 'tb', title: 'T', __elements: { gone: { model: stale } } },
      panels: [{ id: 1, libraryPanel, ...stale }, stale],
    });
    const [held] = (await seenOf([dashboard('tb', 'T')])).dashboards;
    expect(held?.json).toEqual({
      ...{ uid: 'tb', title: 'T' },
      panels: [{ id: 1, libraryPanel, title: 'Balance', type: 'stat' }, stale],
    });
  });

  test('that the uid does not name is looked for by its exact title, in its folder', async () => {
    hold(world, { uid: 'a', title: 'Treasury' }, { folder: 'Mainnet' });
    hold(world, { uid: 'b', title: 'Treasury' }, { folder: 'Testnet' });
    hold(world, { uid: 'c', title: 'Treasury old' }, { folder: 'Mainnet' });
    const seen = await seenOf([dashboard('tb', 'Treasury', 'Mainnet')]);
    expect(seen.dashboards.map(({ uid }) => uid)).toEqual(['a']);
    expect(seen.elsewhere.map(({ uid, folder }) => [uid, folder])).toEqual([['b', 'Testnet']]);
    expect((await seenOf([dashboard(null, 'Treasury')])).dashboards.map(({ uid }) => uid)).toEqual([
      'a',
      'b',
    ]);
  });

  test('shows its library panels in their places, and those that are gone by name', async () => {
    const at = (id: number, uid: string) => ({ id, gridPos: { x: id }, libraryPanel: { uid, name: uid } });
    hold(world, {
      uid: 'tb',
      title: 'T',
      panels: [at(1, 'lib'), { type: 'row', panels: [at(2, 'lib'), at(3, 'gone')] }],
    });
    world.libraryPanels.set('lib', {
      title: 'Balance',
      type: 'stat',
      id: 9,
      gridPos: { x: 9 },
      libraryPanel: { uid: 'lib' },
    });
    const [held] = (await seenOf([dashboard('tb', 'T')])).dashboards;
    expect(held?.missingLibraryPanels).toEqual(['gone']);
    expect(held?.json).toMatchObject({
      panels: [
        { title: 'Balance', type: 'stat', id: 1, gridPos: { x: 1 } },
        {
          type: 'row',
          panels: [
            { title: 'Balance', id: 2 },
            { id: 3, libraryPanel: { uid: 'gone' } },
          ],
        },
      ],
    });
  });

  test('that is not found is absent only where the token may see all of them', async () => {
    expect(await seenOf([dashboard('tb', 'T')])).toMatchObject({ dashboards: [], unseen: [] });
    world.tokens.set('some', { ...wholePermissions, 'dashboards:read': ['folders:uid:testnet'] });
    hold(world, { uid: 'a', title: 'T' }, { folder: 'Mainnet' });
    expect((await seenOf([dashboard(null, 'T')], 'some')).unseen).toEqual([
      { what: 'every dashboard', permission: 'dashboards:read on all folders' },
    ]);
  });

  test('may be read though data sources may not: they are unseen, by the permission’s name', async () => {
    const { 'datasources:read': _, ...less } = wholePermissions;
    world.tokens.set('less', less);
    hold(world, { uid: 'tb', title: 'T' });
    expect(await seenOf([dashboard('tb', 'T')], 'less')).toMatchObject({
      dataSources: null,
      unseen: [{ what: 'its data sources', permission: 'datasources:read' }],
    });
  });

  test('in a folder that may not be read is hidden: by its uid, by its title, and beside one of that title', async () => {
    hold(world, { uid: 'tb', title: 'T' }, { folder: 'Mainnet' });
    hold(world, { uid: 'copy', title: 'T' }, { folder: 'Testnet' });
    world.tokens.set('some', { ...wholePermissions, 'dashboards:read': ['folders:uid:testnet'] });
    expect(await failureOf([dashboard('tb', 'T')], 'some')).toMatchObject({
      kind: 'unauthorised',
      message: expect.stringContaining('It wants the permission dashboards:read.'),
    });
    expect(await seenOf([dashboard(null, 'T', 'Mainnet')], 'some')).toMatchObject({
      dashboards: [],
      elsewhere: [{ folder: 'Testnet' }],
      unseen: [{ permission: 'dashboards:read on all folders' }],
    });
  });

  test('shows that its library panels may not be seen, by the permission’s name', async () => {
    const { 'library.panels:read': _, ...less } = wholePermissions;
    world.tokens.set('less', less);
    world.libraryPanels.set('lib', { title: 'Balance', type: 'stat' });
    hold(world, { uid: 'tb', title: 'T', panels: [{ id: 1, libraryPanel: { uid: 'lib' } }] });
    expect(await seenOf([dashboard('tb', 'T')], 'less')).toMatchObject({
      dashboards: [{ missingLibraryPanels: ['lib'] }],
      unseen: [{ what: 'its library panels', permission: 'library.panels:read' }],
    });
    expect((await seenOf([dashboard('tb', 'T')])).unseen).toEqual([]);
  });

  test('of many questions is asked for once, and a token is sent to its own origin alone', async () => {
    hold(world, { uid: 'tb', title: 'T' });
    const from = grafana.requests.length;
    const collection = await ask([dashboard('tb', 'T'), dashboard('tb', 'T', 'General')]);
    expect(grafana.requests.slice(from)).toEqual(['GET /api/dashboards/uid/tb', 'GET /api/datasources']);
    expect(collection.requests).toBe(2);
    expect(JSON.stringify(collection)).not.toContain('whole"');
    expect(await failureOf([dashboard('tb', 'T')], 'whole', 'https://grafana.example')).toMatchObject({
      kind: 'unauthorised',
      status: 401,
    });
  });
});

describe.each([404, 410] as const)('dashboards as resources, where /api answers %s for them', (status) => {
  beforeEach(() => {
    world.legacy = status;
  });
  afterEach(() => {
    delete world.legacy;
  });

  test('one is found by its uid, with its folder’s title, its library panels and who keeps it', async () => {
    const panels = [{ id: 1, libraryPanel: { uid: 'lib' } }];
    const more = { folder: 'Mainnet', provisioned: true, updated: '2026-11-02T08:00:00Z', version: 7 };
    hold(world, { uid: 'tb', title: 'Treasury', panels }, more);
    world.libraryPanels.set('lib', { title: 'Balance', type: 'stat' });
    expect((await seenOf([dashboard('tb', 'Another', 'Mainnet')])).dashboards).toMatchObject([
      {
        uid: 'tb',
        title: 'Treasury',
        folder: 'Mainnet',
        provisioned: true,
        version: 7,
        updatedAt: '2026-11-02T08:00:00Z',
        href: `${grafana.url}/d/tb`,
        json: { title: 'Treasury', panels: [{ title: 'Balance', id: 1 }] },
      },
    ]);
  });

  test('one is looked for by its title, in its folder, and asked for once', async () => {
    hold(world, { uid: 'a', title: 'Treasury' }, { folder: 'Mainnet' });
    hold(world, { uid: 'b', title: 'Treasury' }, { folder: 'Testnet' });
    hold(world, { uid: 'c', title: 'Treasury old' }, { folder: 'Mainnet' });
    hold(world, { uid: 'd', title: 'Treasury' });
    const from = grafana.requests.length;
    const seen = await seenOf([dashboard('tb', 'Treasury', 'Mainnet')]);
    expect(seen.dashboards.map(({ uid }) => uid)).toEqual(['a']);
    expect(seen.elsewhere.map(({ uid, folder }) => [uid, folder])).toEqual([
      ['b', 'Testnet'],
      ['d', 'General'],
    ]);
    const asked = grafana.requests.slice(from);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('one that is not found is absent only where the token may see all of them', async () => {
    expect(await seenOf([dashboard('tb', 'T')])).toMatchObject({ dashboards: [], unseen: [] });
    world.tokens.set('some', { ...wholePermissions, 'dashboards:read': ['folders:uid:testnet'] });
    hold(world, { uid: 'a', title: 'T' }, { folder: 'Mainnet' });
    expect((await seenOf([dashboard(null, 'T')], 'some')).unseen).toHaveLength(1);
  });

  test('a folder that may not be seen is not guessed: the permission is named', async () => {
    const { 'folders:read': _, ...less } = wholePermissions;
    world.tokens.set('less', less);
    hold(world, { uid: 'tb', title: 'T' }, { folder: 'Mainnet' });
    expect(await failureOf([dashboard('tb', 'T')], 'less')).toMatchObject({
      kind: 'unauthorised',
      message: expect.stringContaining('give the token folders:read'),
    });
  });
});

test('a server that has neither form of the API is told as one that was asked for what it has not', async () => {
  const server = createServer((_, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not found"}');
  });
  const { url, stop } = await onLoopback(server);
  onTestFinished(stop);
  const failure = await failureOf([dashboard('tb', 'T')], 'whole', url, url);
  expect(failure).toMatchObject({ kind: 'not-found', message: expect.stringContaining('/api/search') });
});

describe.skipIf(binary === null && !environment().ci)('what panels show', () => {
  let node: Exposition;
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    node = await startExposition('# TYPE a gauge\na{x="1"} 1\na{x="2"} 2\n# TYPE b gauge\nb NaN\n');
    prometheus = await startPrometheus({
      binary: binary ?? 'prometheus',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
    behind = prometheus.url;
    world.tokens.set('whole', wholePermissions);
    await vi.waitFor(
      async () => {
        const [seen] = await data([panel('rate(a[60s])', 'prom', true)]);
        if (seen?.seriesWithData !== 2) throw new Error('two scrapes have not come yet');
      },
      { timeout: 15_000, interval: 300 },
    );
  });
  afterAll(async () => {
    await prometheus.stop();
    await node.stop();
  });

  async function data(questions: readonly Question[]): Promise<readonly PanelDataSeen[]> {
    return (await ask(questions)).observations.map(({ outcome }) => {
      if (!outcome.ok) throw new Error(outcome.failure.message);
      return outcome.value as PanelDataSeen;
    });
  }

  test('is asked in one request: data, none, not numbers, and a query that does not parse', async () => {
    const from = grafana.requests.length;
    const seen = await data([
      panel('a'),
      panel('nothing'),
      panel('b'),
      panel('sum(('),
      panel('rate(a[$__rate_interval])'),
    ]);
    expect(grafana.requests.length - from).toBe(1);
    expect(seen.map(({ seriesWithData, notNumberSeries }) => [seriesWithData, notNumberSeries])).toEqual([
      [2, 0],
      [0, 0],
      [1, 1],
      [0, 0],
      [2, 0],
    ]);
    expect(seen[0]?.series[0]).toMatchObject({ labels: { __name__: 'a', x: '1' } });
    expect(seen.map(({ error }) => error !== null)).toEqual([false, false, false, true, false]);
  });

  test('of a data source that is not there, or may not be asked, is a failure that says so', async () => {
    expect(await failureOf([panel('a', 'other')])).toMatchObject({ kind: 'not-found' });
    const { 'datasources:query': _, ...less } = wholePermissions;
    world.tokens.set('less', less);
    expect(await failureOf([panel('a')], 'less')).toMatchObject({
      kind: 'unauthorised',
      message: expect.stringContaining('datasources:query'),
    });
  });
});
