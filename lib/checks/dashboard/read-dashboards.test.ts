import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import { panel, panelsOf } from './dashboard.fixture.ts';
import type { PanelRead } from './dashboard.ts';

const titles = (panels: readonly PanelRead[]) =>
  panels.map(({ title, row }) => (row === null ? title : `${row}/${title}`));

describe('where panels stand', () => {
  test('in rows of the first Grafanas', () => {
    const rows = [
      { title: 'One', panels: [panel('a', 'x'), panel('b', 'x')] },
      { panels: [panel('c', 'x')] },
      { collapse: true },
    ];
    expect(titles(panelsOf({ rows }))).toEqual(['One/a', 'One/b', 'c']);
  });

  test('where Grafana draws them alone, whatever else holds some', () => {
    const rows = [{ title: 'One', panels: [panel('a', 'x')] }];
    const spec = { elements: { b: { kind: 'Panel', spec: { title: 'b' } } } };
    const elements = spec.elements;
    const open = { type: 'row', title: 'Open', collapsed: false, panels: [panel('c', 'x')] };
    const within = { ...panel('d', 'x'), panels: [panel('e', 'x')] };
    expect(titles(panelsOf({ schemaVersion: 39, rows, spec, elements, panels: [open, within] }))).toEqual([
      'Open/d',
    ]);
    expect(titles(panelsOf({ rows, spec, elements }))).toEqual(['One/a']);
  });

  test('after an open row, and inside a collapsed one', () => {
    const panels = [
      panel('a', 'x'),
      { type: 'row', title: 'Open', panels: [] },
      panel('b', 'x'),
      { type: 'row', title: 'Shut', collapsed: true, panels: [panel('c', 'x'), panel('d', 'x')] },
      { type: 'row', title: 'Last' },
      panel('e', 'x'),
    ];
    expect(titles(panelsOf({ panels }))).toEqual(['a', 'Open/b', 'Shut/c', 'Shut/d', 'Last/e']);
  });

  test('as library panels, whose content may come along', () => {
    const reference = (uid: string) => ({ title: uid, libraryPanel: { uid, name: `Name of ${uid}` } });
    const __elements = { with: { uid: 'with', name: 'W', model: panel('W', 'up') } };
    const [without, carried] = panelsOf({ panels: [reference('without'), reference('with')], __elements });
    expect(without).toMatchObject({ library: 'Name of without', queries: [] });
    expect(carried).toMatchObject({ library: null, type: 'timeseries', queries: [{ expr: 'up' }] });
  });

  test('repeated, without queries, and with none of a panel about them', () => {
    const panels = [
      panel('a', 'x', { repeat: 'node' }),
      { type: 'text', title: 'Read me' },
      { type: 'news' },
      null,
      3,
    ];
    expect(panelsOf({ panels })).toMatchObject([
      { title: 'a', repeat: 'node' },
      { title: 'Read me', type: 'text', queries: [] },
      { title: '', type: 'news' },
    ]);
  });

  test('in the old table that has the name of the new one', () => {
    expect(
      panelsOf({
        panels: [
          { type: 'table', styles: [] },
          { type: 'table', fieldConfig: {} },
        ],
      }),
    ).toMatchObject([{ type: 'table-old' }, { type: 'table' }]);
  });
});

describe('what a query asks', () => {
  const templating = {
    list: [
      { name: 'ds', type: 'datasource', query: 'prometheus' },
      { name: 'logs', type: 'datasource', query: 'loki' },
      { name: 'node', type: 'query' },
    ],
  };
  const query = (target: unknown, datasource?: unknown) => {
    const [read] = panelsOf({
      templating,
      panels: [{ title: 'a', type: 'stat', datasource, targets: [target] }],
    });
    return read?.queries[0];
  };
  const ds = { kind: 'variable', name: 'ds', plugin: 'prometheus', known: 'variable' };

  test.each([
    ['a variable', '$ds', undefined, ds],
    ['a variable in braces', { type: 'prometheus', uid: `$\{ds}` }, undefined, ds],
    ['a variable in brackets', '[[ds]]', undefined, ds],
    ['its own before its panel’s', 'Fixed', '$ds', ds],
    ['its panel’s where it has none', '$ds', null, ds],
    ['nothing', null, undefined, { kind: 'default' }],
    ['the default by name', 'default', undefined, { kind: 'default' }],
    ['a name', 'Prometheus', undefined, { kind: 'fixed', plugin: null, uid: 'Prometheus' }],
    [
      'a uid',
      { type: 'prometheus', uid: 'P1' },
      undefined,
      { kind: 'fixed', plugin: 'prometheus', uid: 'P1' },
    ],
    ['many, and says which', '-- Mixed --', '$ds', ds],
    ['many, and says nothing', { type: 'datasource', uid: '-- Mixed --' }, undefined, { kind: 'default' }],
    [
      'another panel',
      { type: 'datasource', uid: '-- Dashboard --' },
      undefined,
      { kind: 'own', uid: '-- Dashboard --' },
    ],
    [
      'a variable that is nowhere',
      '$other',
      undefined,
      { kind: 'variable', name: 'other', plugin: null, known: 'nowhere' },
    ],
  ])('of %s', (_, ofPanel, own, wanted) => {
    expect(
      query({ refId: 'A', expr: 'up', ...(own === undefined ? {} : { datasource: own }) }, ofPanel)
        ?.datasource,
    ).toEqual(wanted);
  });

  test.each([
    ['Prometheus', { expr: 'up', datasource: { type: 'prometheus', uid: 'x' } }, 'promql'],
    [
      'what speaks its language',
      { expr: 'up', datasource: { type: 'foundation-telemetry', uid: 'x' } },
      'promql',
    ],
    ['the default', { expr: 'up' }, 'promql'],
    ['Loki', { expr: 'rate({app="x"}[5m])', datasource: { type: 'loki', uid: 'x' } }, 'other'],
    ['Loki by a variable', { expr: '{app="x"}', datasource: '$logs' }, 'other'],
    ['Loki by its filters', { expr: '{app="x"} |= "error" | json' }, 'other'],
    ['SQL', { rawSql: 'select 1', datasource: { type: 'postgres', uid: 'x' } }, 'other'],
    [
      'an expression over others',
      { type: 'math', expression: '$A * 2', datasource: { type: '__expr__', uid: '__expr__' } },
      'other',
    ],
    ['a sketch', 'treasury_balance', 'promql'],
  ])('in the language of %s', (_, target, language) => {
    expect(query(target)?.language).toBe(language);
  });

  test('and whether it shows', () => {
    expect(query({ expr: 'up', hide: true })?.hidden).toBe(true);
    expect(query('up')).toMatchObject({ hidden: false, sketched: true, refId: null });
    const [read] = panelsOf({ panels: [{ title: 'a', type: 'stat', targets: 'up' }] });
    expect(read?.queries).toMatchObject([{ expr: 'up', sketched: true }]);
  });
});

describe('variables in PromQL', () => {
  test.each<[string, readonly string[], (readonly string[])?]>([
    ['rate(a[$__rate_interval])', ['a']],
    ['increase(a[$__range]) / $__range_s', ['a']],
    ['rate(a[[[interval]]]) + b', ['a', 'b']],
    [`sum by ($\{group:csv}) (rate(a{job=~"$job",pod=~\`$pod\`}[$\{window}m:$step] offset $ago))`, ['a']],
    ['a{instance=$instance, $filter, $label="x"}', ['a']],
    ['topk($n, a) > $limit and b @ $__to', ['a', 'b'], ['limit', 'n']],
    ['$agg(a) by (le)', ['a']],
    [`$\{agg} by (le) (a) + $agg without(x)(b)`, ['a', 'b']],
    [`$\{agg}_over_time(a[5m])`, ['a']],
    [`$metric + $\{prefix}_total + a`, ['a'], ['metric', 'prefix']],
    ['{__name__=~"$metric.*"} or {__name__="[[metric]]"} or a', ['a'], ['metric']],
    ['a # it’s "$b', ['a']],
    ['label_replace(a, "x", "$1", "y", "(.*)")', ['a']],
    ['a{x="say \\"$b"} * 2', ['a']],
    [`histogram_quantile($\{q:raw}, sum(rate(a_bucket{$\{labels}}[5m])) by (le,$by))`, ['a_bucket'], ['q']],
  ])('%s', (expr, names, variables = []) => {
    const [read] = panelsOf({ panels: [panel('a', expr)] });
    const found = read?.queries[0]?.names;
    expect(found).toMatchObject({ ok: true, names });
    const patterns = found?.ok ? found.patterns.join(' ') : '';
    for (const variable of variables) expect(patterns).toContain(variable);
    if (variables.length === 0) expect(patterns).toBe('');
  });

  test('what still does not parse is named, with the reason', () => {
    const [read] = panelsOf({
      panels: [panel('a', 'sum(rate($a[5m])', { targets: [{ expr: 'sum(a' }, { expr: '' }] })],
    });
    expect(read?.queries.map(({ names }) => (names.ok ? 'read' : names.message))).toEqual([
      'the PromQL does not parse: it ends too early',
      'the PromQL expression is empty',
    ]);
  });
});

describe('thresholds', () => {
  const thresholdsOf = (more: JsonObject) => panelsOf({ panels: [{ type: 'stat', ...more }] })[0]?.thresholds;
  const values = (more: JsonObject) => thresholdsOf(more)?.steps.map(({ value }) => value);

  test('as steps, as lines of a graph, as the text of a singlestat, as the options of the first gauge', () => {
    const steps = [
      { color: 'green', value: null },
      { color: 'red', value: 80 },
    ];
    const defaults = { thresholds: { mode: 'absolute', steps } };
    expect(values({ fieldConfig: { defaults } })).toEqual([null, 80]);
    expect(values({ options: { fieldOptions: { defaults } } })).toEqual([null, 80]);
    expect(values({ type: 'graph', thresholds: [{ value: 8000, op: 'gt', line: true }] })).toEqual([8000]);
    expect(values({ type: 'singlestat', thresholds: '50, 80' })).toEqual([50, 80]);
    expect(
      values({
        type: 'gauge',
        options: {
          thresholds: [
            { index: 0, value: null },
            { index: 1, value: 5 },
          ],
        },
      }),
    ).toEqual([null, 5]);
  });

  test('are drawn or not', () => {
    const drawn = (type: string, defaults: JsonObject) =>
      thresholdsOf({ type, fieldConfig: { defaults } })?.drawn;
    expect(drawn('timeseries', { custom: { thresholdsStyle: { mode: 'line' } } })).toBe(true);
    expect(drawn('timeseries', { custom: { thresholdsStyle: { mode: 'off' } } })).toBe(false);
    expect(drawn('timeseries', {})).toBe(false);
    expect(drawn('stat', {})).toBe(true);
    expect(drawn('stat', { color: { mode: 'fixed' } })).toBe(false);
    expect(drawn('table', { custom: { cellOptions: { type: 'auto' } } })).toBe(false);
    expect(drawn('table', { custom: { cellOptions: { type: 'color-background' } } })).toBe(true);
  });
});
