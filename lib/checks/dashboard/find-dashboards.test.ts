import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { JsonObject } from '#lib/domain/json.ts';
import { dashboardsOf, panel, panelsOf } from './dashboard.fixture.ts';
import { readDashboards } from './read-dashboards.ts';

const classic = { title: 'Classic', uid: 'classic', schemaVersion: 41, panels: [panel('a', 'up')] };

describe('schema v2', () => {
  const element = (viz: JsonObject, query: JsonObject, more: JsonObject = {}) => ({
    kind: 'Panel',
    spec: {
      id: 1,
      title: 'Lag',
      vizConfig: viz,
      data: {
        kind: 'QueryGroup',
        spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', hidden: false, query, ...more } }] },
      },
    },
  });
  const fieldConfig = {
    defaults: {
      thresholds: {
        mode: 'absolute',
        steps: [
          { value: null, color: 'green' },
          { value: 300, color: 'red' },
        ],
      },
    },
  };
  const variables = [{ kind: 'DatasourceVariable', spec: { name: 'ds', pluginId: 'prometheus' } }];
  const alpha = element(
    { kind: 'stat', spec: { fieldConfig } },
    { kind: 'prometheus', spec: { expr: 'up' } },
    { datasource: { type: 'prometheus', uid: '$ds' } },
  );
  const beta = element(
    { kind: 'VizConfig', group: 'stat', spec: { fieldConfig } },
    { kind: 'DataQuery', group: 'prometheus', datasource: { name: '$ds' }, spec: { expr: 'up' } },
  );
  const grid = (name: string) => ({
    kind: 'GridLayout',
    spec: { items: [{ kind: 'GridLayoutItem', spec: { element: { kind: 'ElementReference', name } } }] },
  });

  test.each([
    ['alpha', alpha],
    ['beta', beta],
  ])('%s', (version, lag) => {
    const resource = {
      apiVersion: `dashboard.grafana.app/v2${version}1`,
      kind: 'Dashboard',
      metadata: { name: 'treasury' },
      spec: { title: 'Treasury', variables, elements: { lag }, layout: grid('lag') },
    };
    for (const text of [JSON.stringify(resource), stringify(resource)]) {
      expect(dashboardsOf(text)).toMatchObject([
        {
          title: 'Treasury',
          uid: 'treasury',
          schema: 'v2',
          panels: [
            {
              title: 'Lag',
              type: 'stat',
              unplaced: false,
              thresholds: { steps: [{ value: null }, { value: 300 }] },
              queries: [
                {
                  refId: 'A',
                  language: 'promql',
                  datasource: { kind: 'variable', name: 'ds', known: 'variable' },
                  names: { ok: true, names: ['up'] },
                },
              ],
            },
          ],
        },
      ]);
    }
    expect(dashboardsOf(resource.spec)).toHaveLength(1);
  });

  test('rows, tabs, repeats, library panels, and what nothing places', () => {
    const row = {
      kind: 'RowsLayoutRow',
      spec: { title: 'Money', repeat: { mode: 'variable', value: 'node' }, layout: grid('lag') },
    };
    const tab = {
      kind: 'TabsLayoutTab',
      spec: { title: 'Tab', layout: { kind: 'RowsLayout', spec: { rows: [row] } } },
    };
    const library = { kind: 'LibraryPanel', spec: { title: 'L', libraryPanel: { uid: 'l', name: 'Name' } } };
    const layout = { kind: 'TabsLayout', spec: { tabs: [tab] } };
    const logs = element(
      { kind: 'VizConfig', group: 'logs', spec: {} },
      { kind: 'DataQuery', group: 'loki', spec: { expr: '{a="b"}' } },
    );
    expect(panelsOf({ elements: { lag: beta, library, logs }, layout })).toMatchObject([
      { title: 'Lag', row: 'Money', repeat: 'node', unplaced: false },
      { title: 'L', library: 'Name', unplaced: true },
      { type: 'logs', queries: [{ language: 'other', datasource: { kind: 'default' } }] },
    ]);
  });
});

describe('what wraps a dashboard', () => {
  const json = JSON.stringify(classic);
  test.each<[string, string | object, string]>([
    ['nothing', classic, ''],
    ['dashboard', { dashboard: classic }, 'dashboard'],
    ['the API’s answer', { meta: {}, dashboard: classic }, 'dashboard'],
    ['a list', [classic], '0'],
    ['a ConfigMap', stringify({ kind: 'ConfigMap', data: { 'a.json': json } }), 'data/a.json'],
    ['data alone', stringify({ data: { 'a.json': json } }), 'data/a.json'],
    ['files by name', { 'a.json': classic }, 'a.json'],
    [
      'a list of ConfigMaps',
      stringify({ kind: 'ConfigMapList', items: [{ kind: 'ConfigMap', data: { 'a.json': json } }] }),
      'items/0/data/a.json',
    ],
    [
      'Grafana’s resource',
      {
        apiVersion: 'dashboard.grafana.app/v1beta1',
        kind: 'Dashboard',
        metadata: { name: 'x' },
        spec: classic,
      },
      '',
    ],
    [
      'the operator’s resource',
      stringify({ apiVersion: 'grafana.integreatly.org/v1beta1', kind: 'GrafanaDashboard', spec: { json } }),
      'spec/json',
    ],
    ['a mixin', { grafanaDashboards: { 'a.json': classic } }, 'grafanaDashboards/a.json'],
    ['a list under a name', { dashboards: [{ dashboard: classic }] }, 'dashboards/0/dashboard'],
    [
      'the values of a Helm chart',
      stringify({ dashboards: { default: { a: { json } } } }),
      'dashboards/default/a/json',
    ],
    [
      'the operator’s resource as it was',
      stringify({ apiVersion: 'integreatly.org/v1alpha1', kind: 'GrafanaDashboard', spec: { json } }),
      'spec/json',
    ],
    [
      'Grizzly’s resource',
      stringify({ apiVersion: 'grizzly.grafana.com/v1alpha1', kind: 'Dashboard', spec: classic }),
      '',
    ],
    [
      'a list of Grafana’s resources, which do not say again what they are',
      { kind: 'DashboardList', items: [{ metadata: { name: 'x' }, spec: classic }] },
      'items/0',
    ],
  ])('%s', (_, value, at) => {
    expect(dashboardsOf(value)).toMatchObject([
      { title: 'Classic', uid: 'classic', at, panels: [{ title: 'a' }] },
    ]);
  });

  test('what stands beside it and is none is told', () => {
    const read = readDashboards(
      stringify({ kind: 'ConfigMap', data: { 'a.json': json, 'b.json': '{"a":', 'c.txt': 'hello' } }),
    );
    expect(read).toMatchObject({ ok: true, dashboards: [{ title: 'Classic' }] });
    expect(read.ok && read.unread.map((one) => one.slice(0, 30))).toEqual([
      'data/b.json: it is not JSON: U',
      'data/c.txt is no dashboard',
    ]);
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'it is empty'],
    ['half of one', '{"panels": [', 'it is not JSON: '],
    ['something else', '[1, 2]', '0 is no dashboard'],
    [
      'a chart’s dashboard that is kept elsewhere',
      '{"dashboards":{"default":{"a":{"gnetId":1860}}}}',
      'dashboards/default/a is no dashboard',
    ],
    ['binary', '\0\x01\x02', 'it is not text'],
    ['YAML that is none', 'a: [', 'it is not YAML: '],
    [
      'a resource that is kept elsewhere',
      stringify({
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaDashboard',
        metadata: { name: 'x' },
        spec: { url: 'https://example.org' },
      }),
      'x does not hold its dashboard',
    ],
  ])('%s is refused', (_, text, said) => {
    const read = readDashboards(text);
    expect(read.ok ? '' : read.message).toContain(said);
  });
});
