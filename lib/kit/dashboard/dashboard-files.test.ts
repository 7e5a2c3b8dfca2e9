import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { KitSpec, PanelSpec } from '#lib/domain/kit-spec.ts';
import type { Spec, ThresholdSpec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { runbookUrl } from '../anchor.ts';
import { dashboardFiles, grafanaDashboard } from './dashboard-files.ts';

const text = readFileSync(new URL('../../../launches/the-block.yaml', import.meta.url), 'utf8');

function shipped(change: (text: string) => string = (same) => same): Spec & { readonly kit: KitSpec } {
  const read = readSpec(change(text), 'the-block.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  const { kit } = read.value.spec;
  if (!kit) throw new Error('it has no kit');
  return { ...read.value.spec, kit };
}

const spec = shipped();

/** The panels of all dashboards of a spec, by title. */
function panelsOf(of: Spec & { readonly kit: KitSpec }) {
  const all = of.kit.dashboards.flatMap((dashboard) => grafanaDashboard(dashboard, of, of.kit).panels);
  return new Map(all.map((panel) => [panel.title, panel]));
}

function panelOf(title: string, of = spec) {
  const panel = panelsOf(of).get(title);
  if (!panel) throw new Error(`no panel ${title}`);
  return panel;
}

/** A spec with one panel over one threshold. */
function withPanel(panel: Partial<PanelSpec>, threshold: Partial<ThresholdSpec> = {}) {
  const [first] = spec.kit.dashboards;
  const [one] = first?.panels ?? [];
  const [bound] = spec.thresholds ?? [];
  if (!first || !one || !bound) throw new Error('the shipped spec has neither');
  const whole = { ...one, ...panel };
  const thresholds = [{ ...bound, id: 'bound', ...threshold }];
  const dashboards = [{ ...first, panels: [whole] }];
  return panelOf(whole.title, { ...spec, thresholds, kit: { ...spec.kit, dashboards } });
}

test('one file a dashboard, at its path, with the faults it puts right', () => {
  const files = dashboardFiles(spec);
  expect(files.map(({ path }) => path)).toEqual([
    'monitoring/grafana_treasury_dashboard.json',
    'monitoring/grafana_energy_dashboard.json',
  ]);
  for (const file of files) {
    expect(file.text.endsWith('}\n')).toBe(true);
    expect(file.corrections.map(({ id }) => id)).toContain('quantile-since-start');
    expect(file.corrections.map(({ id }) => id)).not.toContain('rights-and-races');
  }
  expect(dashboardFiles({ ...spec, kit: undefined } as unknown as Spec)).toEqual([]);
});

test('the same bytes from the same spec, however often it is read', () => {
  expect(dashboardFiles(shipped())).toEqual(dashboardFiles(spec));
});

test('it stands alone: no wrapper, no database id, a stable uid, a datasource that is a variable and nothing else', () => {
  for (const { text } of dashboardFiles(spec)) {
    const read = JSON.parse(text);
    expect(read).toMatchObject({ id: null, uid: expect.stringMatching(/^the-block-\w+$/) });
    expect(read).not.toHaveProperty('dashboard');
    expect(read.templating.list).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
    ]);
    const uids = [...text.matchAll(/"datasource": \{\s*"type": "([^"]*)",\s*"uid": "([^"]*)"/g)];
    expect(uids.length).toBeGreaterThan(10);
    expect(new Set(uids.map(([, type, uid]) => `${type} ${uid}`))).toEqual(
      new Set([`prometheus $\{datasource}`]),
    );
    expect(text.match(/"datasource":/g)).toHaveLength(uids.length);
    expect(text).not.toContain('__inputs');
  }
});

test('every panel of the spec is there once, with an id of its own', () => {
  const wanted = spec.kit.dashboards.flatMap(({ panels }) => panels.map(({ title, type }) => [title, type]));
  expect(wanted).toHaveLength(14);
  const panels = [...panelsOf(spec).values()];
  expect(panels.map(({ title, type }) => [title, type]).sort()).toEqual(wanted.sort());
  for (const dashboard of spec.kit.dashboards) {
    const ids = grafanaDashboard(dashboard, spec, spec.kit).panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(dashboard.panels.length);
  }
});

describe('thresholds', () => {
  const steps = (threshold: Partial<ThresholdSpec>) =>
    withPanel({ threshold: 'bound' }, threshold).fieldConfig.defaults.thresholds.steps.map(
      ({ color, value }) => [value, color],
    );

  test.each([
    [
      'above, both',
      { side: 'above', warning: 300, critical: 600 },
      [
        [null, 'green'],
        [300, 'orange'],
        [600, 'red'],
      ],
    ],
    [
      'above, warning',
      { side: 'above', warning: 300, critical: null },
      [
        [null, 'green'],
        [300, 'orange'],
      ],
    ],
    [
      'above, critical',
      { side: 'above', warning: null, critical: 600 },
      [
        [null, 'green'],
        [600, 'red'],
      ],
    ],
    [
      'below, both',
      { side: 'below', warning: 5, critical: 1 },
      [
        [null, 'red'],
        [1, 'orange'],
        [5, 'green'],
      ],
    ],
    [
      'below, warning',
      { side: 'below', warning: 5, critical: null },
      [
        [null, 'orange'],
        [5, 'green'],
      ],
    ],
    [
      'below, critical',
      { side: 'below', warning: null, critical: 1 },
      [
        [null, 'red'],
        [1, 'green'],
      ],
    ],
  ] as const)('%s', (_, threshold, wanted) => {
    expect(steps(threshold)).toEqual(wanted);
  });

  test('are lines in a time series that has them, and not where it has none', () => {
    expect(panelOf('Oracle Latency').fieldConfig.defaults.custom).toMatchObject({
      thresholdsStyle: { mode: 'line' },
    });
    expect(panelOf('Balance Trend').fieldConfig.defaults.custom).toMatchObject({
      thresholdsStyle: { mode: 'off' },
    });
    expect(panelOf('Pending Credits').fieldConfig.defaults.color.mode).toBe('fixed');
    expect(panelOf('Active Disputes').fieldConfig.defaults.color.mode).toBe('thresholds');
  });

  test('one that is changed in the spec changes its panel and no other', () => {
    const changed = shipped((text) =>
      text.replace('&oracle-latency-warning 10,', '&oracle-latency-warning 12,'),
    );
    const [before, after] = [panelsOf(spec), panelsOf(changed)];
    const differ = [...before].filter(
      ([title, panel]) => JSON.stringify(after.get(title)) !== JSON.stringify(panel),
    );
    expect(differ.map(([title]) => title)).toEqual(['Oracle Latency']);
    expect(after.get('Oracle Latency')?.fieldConfig.defaults.thresholds.steps[1]).toEqual({
      color: 'orange',
      value: 12,
    });
    expect(after.get('Oracle Latency')?.description).toContain('warning above 12 seconds');
  });
});

test.each([
  ['seconds', 's'],
  ['ms', 'ms'],
  ['%', 'percent'],
  ['percent', 'percent'],
  ['a second', 'suffix:/s'],
  ['an hour', 'suffix:/h'],
  ['BLOCK', 'suffix:BLOCK'],
  ['kWh', 'suffix:kWh'],
  [null, 'short'],
])('the unit %s is %s', (unit, grafana) => {
  expect(withPanel({ unit }).fieldConfig.defaults.unit).toBe(grafana);
});

describe('what a panel says', () => {
  test('leads to the runbook of each alert over its threshold', () => {
    expect(panelOf('Execution Lag (p95)').links).toMatchObject([
      {
        title: 'Runbook Treasury Stuck: TreasuryExecutionLagHigh, TreasuryExecutionLagCritical',
        url: 'https://github.com/the-block/the-block/blob/main/docs/operations.md#treasury-stuck',
      },
    ]);
    expect(panelOf('Balance Trend').links).toEqual([]);
  });

  test('names file and section where nobody knows the address', () => {
    const { webBase: _, ...files } = spec.kit.files;
    const nowhere = { ...spec, kit: { ...spec.kit, files: { ...files, webBase: null } } };
    const panel = panelOf('Execution Lag (p95)', nowhere);
    expect(panel.links).toEqual([]);
    expect(panel.description).toContain('see docs/operations.md, section “Treasury Stuck”');
  });

  test('anchors are those of the rendered heading', () => {
    const runbooks = spec.kit.runbooks.map((one) =>
      one.id === 'treasury-stuck'
        ? { ...one, title: 'Geld: “fest” & spät — A_b (2)', file: 'docs/op erations.md' }
        : one,
    );
    const panel = panelOf('Execution Lag (p95)', { ...spec, kit: { ...spec.kit, runbooks } });
    expect(panel.links[0]?.url).toBe(
      `https://github.com/the-block/the-block/blob/main/docs/op%20erations.md#${encodeURIComponent('geld-fest--spät--a_b-2')}`,
    );
  });

  test('a section named like a part of another is found where it stands, as from its alerts', () => {
    const runbooks = spec.kit.runbooks.map((one) =>
      one.id === 'treasury-stuck' ? { ...one, title: 'Symptoms' } : one,
    );
    const last = [...runbooks].sort((one) => (one.id === 'treasury-stuck' ? 1 : -1));
    const named = { ...spec, kit: { ...spec.kit, runbooks: last } };
    const url = panelOf('Execution Lag (p95)', named).links[0]?.url;
    expect(url).toMatch(/operations\.md#symptoms-\d$/);
    expect(url).toBe(runbookUrl(named, 'TreasuryExecutionLagHigh'));
  });

  test('tells bounds, whose they are, and when silence is right', () => {
    expect(panelOf('Signature Failures').description).toBe(
      [
        'Readings whose signature did not verify, by reason. A healthy network has no line here.',
        'Signatures that do not verify: critical above 1 a second.',
        'The bounds are those of `sum(rate(energy_signature_verification_failures_total[5m]))`.',
        'No data is right, because nothing happened, while this holds: `absent(energy_signature_verification_failures_total)`.',
        'EnergySignatureFailures: see docs/operations.md, section “Energy Stalled”.',
      ].join('\n\n'),
    );
  });
});

test('a table asks for now, and shows its values under their unit', () => {
  const table = panelOf('Settlements (24h)');
  expect(table.targets).toMatchObject([{ format: 'table', instant: true, range: false }]);
  expect(table.transformations).toEqual([
    {
      id: 'organize',
      options: { excludeByName: { Time: true }, indexByName: {}, renameByName: { Value: 'settlements' } },
    },
  ]);
  const two = withPanel({
    type: 'table',
    unit: null,
    queries: [
      { expr: 'a', legend: 'first' },
      { expr: 'b', legend: '{{x}}' },
    ],
  });
  expect(two.transformations).toMatchObject([
    { id: 'merge' },
    { options: { renameByName: { 'Value #A': 'first', 'Value #B': `${two.title} 2` } } },
  ]);
});

test('numbers show the last value that there was', () => {
  expect(panelOf('Execution Lag (p95)').options).toMatchObject({ reduceOptions: { calcs: ['lastNotNull'] } });
  expect(panelOf('Execution Lag (p95)').targets).toMatchObject([{ range: true, instant: false }]);
});

test('a panel keeps its own stretch of time; the dashboard has its own, and asks again by itself', () => {
  expect(panelOf('Balance Trend')).toMatchObject({ timeFrom: '7d' });
  expect(panelOf('Execution Errors')).not.toHaveProperty('timeFrom');
  const [treasury] = dashboardFiles(spec).map(({ text }) => JSON.parse(text));
  expect(treasury).toMatchObject({
    time: { from: 'now-1d', to: 'now' },
    refresh: '30s',
    tags: ['the-block'],
  });
});
