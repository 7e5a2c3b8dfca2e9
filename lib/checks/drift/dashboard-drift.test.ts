import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GrafanaDataSource } from '#lib/domain/observations/grafana.ts';
import { dashboardsOf, panel } from '../dashboard/dashboard.fixture.ts';
import { dashboardDrift } from './dashboard-drift.ts';
import { filesOfTheBlock } from './the-block.fixture.ts';

interface Target {
  refId: string;
  expr: string;
  hide?: boolean;
  datasource?: unknown;
}
interface Step {
  value: number | null;
  color: string;
}
interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: unknown;
  datasource?: unknown;
  targets: Target[];
  fieldConfig: {
    defaults: {
      unit?: string;
      thresholds: { mode: string; steps: Step[] };
      custom?: object;
    };
  };
}
interface Dashboard {
  title: string;
  panels: Panel[];
}

const dashboards = filesOfTheBlock('grafana-dashboard').map(({ text }) => JSON.parse(text) as Dashboard);
const panels = dashboards.flatMap((dashboard) =>
  dashboard.panels.flatMap(({ title, type }) => (type === 'row' ? [] : [{ title, dashboard }])),
);

function read(dashboard: object) {
  const [one] = dashboardsOf(dashboard);
  if (!one) throw new Error('no dashboard');
  return one;
}

function drift(file: object, held: object, dataSources: readonly GrafanaDataSource[] | null = null) {
  return dashboardDrift(read(file), read(held), dataSources);
}

/** What is told when one panel of a dashboard is changed. */
function told(dashboard: Dashboard, title: string, change: (panel: Panel, of: Dashboard) => void) {
  const held = structuredClone(dashboard);
  const changed = held.panels.find((one) => one.title === title);
  if (!changed) throw new Error(`no panel ${title}`);
  change(changed, held);
  return drift(dashboard, held).map(({ kind, subject }) => [kind, subject]);
}

test('all 14 panels are looked at', () => {
  expect(panels).toHaveLength(14);
});

describe.each(panels)('$title, changed in Grafana', ({ title, dashboard }) => {
  test.each<[string, string, (panel: Panel, of: Dashboard) => void]>([
    ['deleted', 'panel-gone', (one, of) => of.panels.splice(of.panels.indexOf(one), 1)],
    ['renamed', 'panel-renamed', (one) => Object.assign(one, { title: `${one.title} (old)` })],
    ['drawn otherwise', 'panel-type', (one) => Object.assign(one, { type: 'heatmap' })],
    [
      'asking something else',
      'query-changed',
      (one) => Object.assign(one.targets[0] ?? {}, { expr: `(${one.targets[0]?.expr}) * 2` }),
    ],
    ['with its query hidden', 'query-gone', (one) => Object.assign(one.targets[0] ?? {}, { hide: true })],
    [
      'with a query more',
      'query-added',
      (one) => one.targets.push({ ...one.targets[0], refId: 'Z', expr: 'up' }),
    ],
    [
      'with a threshold more',
      'threshold-moved',
      ({ fieldConfig: { defaults } }) => {
        defaults.thresholds.steps.push({ value: 12_345, color: 'red' });
        Object.assign(defaults, { color: { mode: 'thresholds' } });
        const cellOptions = { type: 'color-text' };
        defaults.custom = { ...defaults.custom, thresholdsStyle: { mode: 'line' }, cellOptions };
      },
    ],
    [
      'in another unit',
      'panel-unit',
      ({ fieldConfig: { defaults } }) => Object.assign(defaults, { unit: 'bits' }),
    ],
    [
      'from another Prometheus',
      'datasource-changed',
      (one) => {
        one.datasource = { type: 'prometheus', uid: 'other' };
        for (const target of one.targets) target.datasource = one.datasource;
      },
    ],
  ])('%s: exactly that is told', (_, kind, change) => {
    expect(told(dashboard, title, change)).toEqual([[kind, title]]);
  });
});

const bounded = panels.filter(({ title, dashboard }) =>
  dashboard.panels.some(
    (one) =>
      one.title === title && one.fieldConfig.defaults.thresholds.steps.some(({ value }) => value !== null),
  ),
);
describe.each(bounded)('$title, which has bounds', ({ title, dashboard }) => {
  test.each<[string, string, (panel: Panel) => void]>([
    [
      'one moved',
      'threshold-moved',
      ({ fieldConfig }) => {
        const step = fieldConfig.defaults.thresholds.steps.at(-1);
        if (step) step.value = (step.value ?? 0) + 0.5;
      },
    ],
    ['the last gone', 'threshold-moved', ({ fieldConfig }) => fieldConfig.defaults.thresholds.steps.pop()],
    [
      'their colours turned round',
      'threshold-drawn',
      ({ fieldConfig }) => {
        const { steps } = fieldConfig.defaults.thresholds;
        const colours = steps.map(({ color }) => color).reverse();
        for (const [at, step] of steps.entries()) step.color = colours[at] ?? '';
      },
    ],
    [
      'each colour as before, and the base again behind it',
      'threshold-drawn',
      ({ fieldConfig }) => {
        const { thresholds } = fieldConfig.defaults;
        thresholds.steps = thresholds.steps.map((step) => ({ ...step, color: 'green' }));
        thresholds.steps.splice(1, 0, { value: null, color: 'green' });
      },
    ],
    [
      'a base in their midst',
      'threshold-drawn',
      ({ fieldConfig }) =>
        fieldConfig.defaults.thresholds.steps.splice(1, 0, { value: null, color: 'green' }),
    ],
    [
      'percentages',
      'threshold-drawn',
      ({ fieldConfig }) => Object.assign(fieldConfig.defaults.thresholds, { mode: 'percentage' }),
    ],
  ])('%s: exactly that is told', (_, kind, change) => {
    expect(told(dashboard, title, change)).toEqual([[kind, title]]);
  });
});

test('a bound that was moved is told from where to where', () => {
  const treasury = dashboards.find(({ title }) => title === 'Treasury');
  const held = JSON.parse(JSON.stringify(treasury).replaceAll('"value":600', '"value":900'));
  expect(drift(treasury ?? {}, held)).toMatchObject([
    {
      subject: 'Execution Lag (p95)',
      file: '300 and 600',
      runs: '300 and 900',
      says: 'threshold moved from 600 to 900',
    },
  ]);
});

test('bounds in another order, at which Grafana stops sooner, are told with what begins where', () => {
  const of = (...steps: Step[]) => ({
    title: 'a',
    panels: [
      {
        ...panel('p', 'x'),
        type: 'stat',
        fieldConfig: { defaults: { thresholds: { mode: 'absolute', steps: [...steps] } } },
      },
    ],
  });
  const base = { value: null, color: 'green' };
  const [low, high] = [
    { value: 1, color: 'yellow' },
    { value: 2, color: 'red' },
  ];
  expect(drift(of(base, low, high), of(base, { ...low, value: 2 }, { ...high, value: 1 }))).toMatchObject([
    { kind: 'threshold-drawn', runs: 'green, yellow from 2, red from 1' },
  ]);
  expect(drift(of(low, high), of(base, low, high))).toEqual([]);
});

test('a panel of Grafana’s own is told as added, and another name of the dashboard', () => {
  const treasury = dashboards.find(({ title }) => title === 'Treasury');
  const held = structuredClone(treasury ?? { title: '', panels: [] });
  held.panels.push({ ...(held.panels[0] as Panel), title: 'Mine', targets: [{ refId: 'A', expr: 'up' }] });
  held.title = 'Treasury \u202e(mine)';
  expect(drift(treasury ?? {}, held).map(({ says }) => says)).toEqual([
    'dashboard is called “Treasury \\u{202E}(mine)”, not “Treasury”',
    'panel added',
  ]);
});

describe('what is no drift', () => {
  /** White space where the grammar lets it be, variables and names of queries otherwise, and what Grafana adds on its own. */
  function savedAgain(dashboard: Dashboard, seed: readonly number[]): object {
    const by = (at: number) => seed[at % Math.max(1, seed.length)] ?? 0;
    const held = structuredClone(dashboard);
    held.panels = held.panels
      .map((one, at) => ({ one, rank: by(at) }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ one }) => one);
    for (const [at, one] of held.panels.entries()) {
      one.id = 1000 + at;
      one.gridPos = { h: 8, w: 12, x: 0, y: 8 * at };
      one.targets = one.targets
        .map((target, n) => ({
          ...target,
          refId: `Q${by(at + n)}`,
          expr: `${' '.repeat(by(n) % 3)}( ${target.expr.replaceAll('(', '(\n  ')} )\n# saved`,
          legendFormat: '__auto',
          editorMode: 'builder',
          range: true,
        }))
        .reverse();
      Object.assign(one.fieldConfig.defaults, { mappings: [], min: 0 });
      Object.assign(one, { pluginVersion: '12.9.9', transparent: false, links: [] });
    }
    const added = {
      id: 77,
      version: 12,
      weekStart: '',
      preload: false,
      annotations: { list: [{ builtIn: 1 }] },
    };
    return { dashboard: { ...held, ...added }, meta: { slug: 'a' } };
  }

  test.each(dashboards)('$title, saved again in any order and spelling', (dashboard) => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }), (seed) => {
        expect(drift(dashboard, savedAgain(dashboard, seed))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  const asks = (datasource: unknown, more = {}) => ({
    title: 'a',
    __inputs: [{ name: 'DS', type: 'datasource', pluginId: 'prometheus' }],
    templating: { list: [{ name: 'ds', type: 'datasource', query: 'prometheus' }] },
    panels: [{ ...panel('p', 'x'), datasource: datasource as never, ...more }],
  });
  const known = [{ uid: 'abc', name: 'Main', type: 'prometheus', isDefault: true }];
  test.each([
    [
      'an input that an import filled in',
      { uid: '$DS', type: 'prometheus' },
      { uid: 'abc', type: 'prometheus' },
    ],
    ['the default, by its uid', null, { uid: 'abc', type: 'prometheus' }],
    ['a data source by its name', 'Main', { uid: 'abc', type: 'prometheus' }],
    ['a variable in another spelling', '$ds', { uid: '[[ds]]', type: 'prometheus' }],
  ])('%s', (_, file, held) => {
    expect(drift(asks(file), asks(held), known)).toEqual([]);
  });

  test.each([
    ['the default, which is not this one', null, { uid: 'other', type: 'prometheus' }],
    ['an input for another kind', { uid: '$DS', type: 'prometheus' }, { uid: 'l', type: 'loki' }],
  ])('but %s is', (_, file, held) => {
    expect(drift(asks(file), asks(held), known).map(({ kind }) => kind)).toContain('datasource-changed');
  });

  test('what a current Grafana makes of an older panel', () => {
    const old = asks('$ds', { type: 'graph' });
    expect(drift(old, asks('$ds', { type: 'timeseries' }))).toEqual([]);
    const saved = {
      defaults: {
        thresholds: {
          steps: [
            { value: null, color: 'green' },
            { value: 80, color: 'red' },
          ],
        },
      },
    };
    expect(drift(asks('$ds', { type: 'stat' }), asks('$ds', { type: 'stat', fieldConfig: saved }))).toEqual(
      [],
    );
  });

  test('a variable by another spelling, but not another variable', () => {
    const of = (expr: string) => ({ title: 'a', panels: [panel('p', expr)] });
    expect(drift(of('rate(x{a="$b"}[$__interval])'), of('rate(x{a="[[b]]"}[[[__interval]]])'))).toEqual([]);
    expect(drift(of('rate(x[$__interval])'), of('rate(x[$__rate_interval])'))).toHaveLength(1);
    expect(drift(of('x{a="$b"}'), of('x{a="$c"}'))).toHaveLength(1);
  });
});

test('a panel against itself in the schema of elements and layouts', () => {
  const query = {
    kind: 'PanelQuery',
    spec: {
      refId: 'A',
      query: { kind: 'prometheus', spec: { expr: 'sum( x )' } },
      datasource: { uid: '$ds' },
    },
  };
  const element = (thresholds: object) => ({
    kind: 'Panel',
    spec: {
      title: 'p',
      data: { spec: { queries: [query] } },
      vizConfig: { kind: 'stat', spec: { fieldConfig: { defaults: { unit: 's', thresholds } } } },
    },
  });
  const steps = (value: number) => ({
    mode: 'absolute',
    steps: [
      { value: null, color: 'green' },
      { value, color: 'red' },
    ],
  });
  const v2 = (value: number) => ({ title: 'a', elements: { one: element(steps(value)) } });
  const v1 = {
    title: 'a',
    panels: [
      {
        ...panel('p', 'sum(x)'),
        type: 'stat',
        fieldConfig: { defaults: { unit: 's', thresholds: steps(5) } },
      },
    ],
  };
  expect(drift(v1, v2(5))).toEqual([]);
  expect(drift(v1, v2(6)).map(({ kind }) => kind)).toEqual(['threshold-moved']);
});

describe('hostile dashboards end', () => {
  const many = (count: number, of: (n: number) => object) => ({
    title: 'a',
    panels: Array.from({ length: count }, (_, n) => of(n)),
  });

  test('20 000 panels of one title, each asking something else, in another order', () => {
    const file = many(20_000, (n) => panel('a', `m${n}`));
    const held = many(20_000, (n) => panel('a', `m${19_999 - n}`));
    expect(drift(file, held)).toEqual([]);
  });

  test('3 000 panels with new titles, each found by what it asks', () => {
    const found = drift(
      many(3000, (n) => panel(`p${n}`, `sum by (a) (rate(m${n}[5m]))`)),
      many(3000, (n) => panel(`q${n}`, `sum(rate(m${n}[5m])) by (a)`)),
    );
    expect(found).toHaveLength(3000);
    expect(found.every(({ kind }) => kind === 'panel-renamed')).toBe(true);
  });

  test('10 000 panels that nobody has, and one with 10 000 queries', () => {
    expect(
      drift(
        many(10_000, (n) => panel(`p${n}`, `m${n}`)),
        many(10_000, (n) => panel(`q${n}`, `n${n}`)),
      ),
    ).toHaveLength(20_000);
    const asking = (name: string) => ({
      ...panel('a', 'x'),
      targets: Array.from({ length: 10_000 }, (_, n) => ({ expr: `${name}${n}` })),
    });
    expect(drift({ title: 'a', panels: [asking('m')] }, { title: 'a', panels: [asking('n')] })).toHaveLength(
      10_000,
    );
  });

  test('more PromQL than is parsed is compared as it is written', () => {
    const long = (n: number) => `${'a + '.repeat(9_000)}m${n}`;
    const of = (shape: (expr: string) => string) => many(10, (n) => panel(`p${n}`, shape(long(n))));
    expect(
      drift(
        of(String),
        of((expr) => ` ${expr}\n`),
      ),
    ).toEqual([]);
    expect(
      drift(
        of(String),
        of((expr) => `${expr} + b`),
      ),
    ).toHaveLength(10);
  });
});
