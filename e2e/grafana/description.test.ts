import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outgoing, OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { Question } from '#lib/domain/question.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askSource } from '#lib/sources/registry.ts';
import { onLoopback } from '../loopback.ts';
import { faultOf, metricRequest, operations, resourceOperations } from './description.ts';
import { type RunningGrafana, startGrafana } from './start.ts';
import { type GrafanaWorld, hold, wholePermissions } from './world.ts';

/**
 * Holds the stand-in to what Grafana publishes of its HTTP API: the OpenAPI document of Grafana 12, the examples of its
 * pages, `DataFrameJSON` and `BackendDataSourceResponse` of its packages, as `description.ts` has them by hand. What is
 * asked is what the source asks by itself of dashboards and panels in every state; each is asked again here as it went
 * out, and the whole body that comes back is read.
 */

const world: GrafanaWorld = {
  dashboards: new Map(),
  libraryPanels: new Map([['lib', { title: 'Balance', type: 'stat' }]]),
  dataSources: [
    { uid: 'prom', name: 'Prometheus', type: 'prometheus', isDefault: true },
    { uid: 'dark', name: 'Dark', type: 'prometheus', isDefault: false },
  ],
  tokens: new Map([
    ['whole', wholePermissions],
    ['none', {}],
  ]),
};
const values = (text: string) => [
  [1_790_000_000, text],
  [1_790_000_015.5, '2'],
];
const results: Readonly<Record<string, unknown>> = {
  'sum((': { status: 'error', errorType: 'bad_data', error: '1:5: parse error: unclosed left parenthesis' },
  nothing: { status: 'success', data: { resultType: 'matrix', result: [] } },
};
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
const stops: (() => Promise<void>)[] = [() => outgoing.close()];
let grafana: RunningGrafana;

beforeAll(async () => {
  const prometheus = createServer(async (request, response) => {
    let form = '';
    for await (const chunk of request) form += String(chunk);
    const query = new URLSearchParams(form).get('query') ?? '';
    const result = ['NaN', '+Inf', '-Inf', '1'].map((text) => ({ metric: { text }, values: values(text) }));
    response.end(
      JSON.stringify(results[query] ?? { status: 'success', data: { resultType: 'matrix', result } }),
    );
  });
  const { url, stop } = await onLoopback(prometheus);
  grafana = await startGrafana({
    world,
    prometheus: (uid) => (uid === 'prom' ? url : uid === 'dark' ? 'http://127.0.0.1:9' : null),
  });
  stops.push(stop, grafana.stop);
  const panels = [{ libraryPanel: { uid: 'lib' } }, { libraryPanel: { uid: 'gone' } }];
  hold(world, { uid: 'tb', title: 'Treasury', panels }, { folder: 'Mainnet', provisioned: true });
  hold(world, { uid: 'other', title: 'Treasury', panels: [] });
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

const dashboard = (uid: string | null, title: string): Question => {
  return { ask: 'dashboard', source: 'grafana', uid, title, folder: null };
};
const panel = (expr: string, uid = 'prom'): Question => {
  const dataSource = { uid, type: 'prometheus' };
  return { ask: 'panel-data', source: 'grafana', dataSource, expr, instant: false, rangeMs: 60_000 };
};
const questions: readonly (readonly Question[])[] = [
  [dashboard('tb', 'Treasury'), dashboard('none', 'Treasury'), dashboard('none', 'Nobody’s')],
  [panel('up'), panel('nothing')],
  [panel('up'), panel('sum(('), panel('up', 'dark')],
  [panel('up', 'nowhere')],
];

interface Told {
  readonly asked: string;
  readonly status: number;
  readonly sent: unknown;
  readonly body: unknown;
}

/** Everything that the source asks with this token, each with the answer as it came. */
async function told(token: string): Promise<readonly Told[]> {
  const requests: OutgoingRequest[] = [];
  const noted: Outgoing = (request) => {
    requests.push(request);
    return outgoing(request);
  };
  const source = {
    id: 'grafana',
    title: 'Grafana',
    kind: 'grafana',
    network: null,
    address: grafana.url,
    everyMs: 60_000,
    timeoutMs: 5_000,
    buildInfo: null,
  } as const;
  const credential = { origin: grafana.url, token };
  for (const some of questions)
    await askSource(source, some, { outgoing: noted, now: Date.now, commit: null, credential });
  return Promise.all(
    requests.map(async ({ url, method = 'GET', headers = {}, body }) => {
      const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
      const asked = `${method} ${new URL(url).pathname}`;
      const sent: unknown = body === undefined ? null : JSON.parse(body);
      return { asked, status: answer.status, sent, body: (await answer.json()) as unknown };
    }),
  );
}

const faults = (all: readonly Told[]) =>
  all.flatMap(({ asked, status, body }) => faultOf(asked, status, body) ?? []);
const statuses = (all: readonly Told[], asked: RegExp) =>
  [...new Set(all.filter((one) => asked.test(one.asked)).map(({ status }) => status))].sort();

describe('every answer is as Grafana publishes it', () => {
  test('where everything may be read, found or not', async () => {
    const all = await told('whole');
    for (const { asked, operationId } of operations)
      expect(statuses(all, asked), operationId ?? String(asked)).toContain(200);
    expect(statuses(all, /dashboards\/uid/)).toEqual([200, 404]);
    expect(statuses(all, /library-elements/)).toEqual([200, 404]);
    expect(statuses(all, /ds\/query/)).toEqual([200, 400, 404]);
    expect(faults(all)).toEqual([]);
  });

  test.each([
    ['a token that may nothing', 'none', 403],
    ['one that it does not know', 'unknown', 401],
  ])('to %s', async (_what, token, status) => {
    const all = await told(token);
    expect(statuses(all, /dashboards\/uid|ds\/query/)).toContain(status);
    expect(faults(all)).toEqual([]);
  });

  test('where dashboards are resources, and the older addresses are gone', async () => {
    world.legacy = 410;
    const all = (await told('whole')).filter(({ status }) => status !== 410);
    delete world.legacy;
    for (const { asked } of resourceOperations) expect(statuses(all, asked), String(asked)).toContain(200);
    expect(statuses(all, /apis\/.*\/dashboards\//)).toEqual([200, 404]);
    expect(faults(all)).toEqual([]);
  });

  test('and what is sent for data is what it wants', async () => {
    const sent = (await told('whole')).filter(({ sent: one }) => one !== null);
    expect(sent).toHaveLength(3);
    for (const { sent: one } of sent) expect(metricRequest.parse(one)).toEqual(one);
  });
});

test('an answer that lacks a field, has one too many, or a value of another kind is found', async () => {
  const all = await told('whole');
  const wrong: readonly (readonly [RegExp, string, string])[] = [
    [/search/, '"uri":"db/tb",', ''],
    [/search/, '"folderUid":"mainnet",', ''],
    [/dashboards\/uid\/tb/, '"folderId":2', '"folderId":"2"'],
    [/dashboards\/uid\/tb/, '"isFolder":false', '"isFolders":false'],
    [/library-elements\/lib/, '"kind":1', '"kind":3'],
    [/datasources/, '"access":"proxy"', '"access":"both"'],
    [/ds\/query/, '"NaN":[0]', '"NaN":[1]'],
    [/ds\/query/, '[1790000000000,1790000015500]', '[1790000000000]'],
  ];
  for (const [asked, before, after] of wrong) {
    const one = all.find((other) => asked.test(other.asked) && JSON.stringify(other.body).includes(before));
    if (!one) throw new Error(`Nothing was told with ${before}.`);
    const body: unknown = JSON.parse(JSON.stringify(one.body).replace(before, after));
    expect(faultOf(one.asked, one.status, body), before).not.toBeNull();
  }
  expect(faultOf('GET /api/orgs', 200, [])).toContain('no operation');
  expect(faultOf('GET /api/search', 204, null)).toContain('does not answer 204');
});
