import { describe, expect, test } from 'vitest';
import { changed, type Dashboard, judgeText, kit, type Panel, spec } from './dashboard-file.fixture.ts';

const counts = { treasury: 6, energy: 8 } as const;
const panels = (spec.kit?.dashboards ?? []).flatMap(({ id, panels }) =>
  panels.map(({ title }) => ({ id: id as keyof typeof counts, title })),
);

const faults: readonly [string, (panel: Panel, all: Dashboard) => void, RegExp][] = [
  ['gone', (panel, all) => all.panels.splice(all.panels.indexOf(panel), 1), /it is not there$/],
  [
    'renamed',
    (panel) => Object.assign(panel, { title: 'Another' }),
    /it is not there; “Another” asks for the same$/,
  ],
  ['another type', (panel) => Object.assign(panel, { type: 'text' }), /it is of the type `text`, not `/],
  [
    'another metric',
    ({ targets }) => {
      for (const target of targets)
        target.expr = target.expr.replaceAll(
          /\b(treasury|energy|oracle|governance)_\w+/g,
          'process_open_fds',
        );
    },
    /it does not read \w+, but process_open_fds$/,
  ],
  [
    'a threshold changed',
    ({ type, fieldConfig: { defaults } }) => {
      const last = defaults.thresholds.steps.at(-1);
      if (last && last.value !== null) last.value += 1;
      else {
        // Where the spec has no bound, one that is drawn all the same is the change.
        defaults.thresholds.steps.push({ color: 'red', value: 80 });
        if (type === 'timeseries') defaults.custom.thresholdsStyle = { mode: 'line' };
        else defaults.color.mode = 'thresholds';
        if (type === 'table') defaults.custom.cellOptions = { type: 'color-background' };
      }
    },
    /its thresholds are [\d and]+, not \d|it draws 80 as a bound, and the spec has none there$/,
  ],
  [
    'a broken query',
    ({ targets }) => Object.assign(targets[0] ?? {}, { expr: 'sum by (status (x)' }),
    /its query A cannot be read: the PromQL does not parse/,
  ],
  [
    'a fixed datasource',
    (panel) => {
      for (const one of [panel, ...panel.targets])
        one.datasource = { type: 'prometheus', uid: 'PBFA97CFB590B2093' };
    },
    /its datasource is fixed to `PBFA97CFB590B2093`$/,
  ],
];

describe('the kit’s own files', () => {
  test.each([['treasury'], ['energy']] as const)('%s passes', (id) => {
    const judgement = judgeText(id, kit.get(id) ?? '');
    expect(judgement).toMatchObject({
      verdict: 'pass',
      fact: { lead: `${counts[id]} of ${counts[id]} panels;`, rest: 'each as the spec has it' },
      toGreen: [],
      deciding: { otherwise: {} },
    });
  });
});

describe('each single fault of each panel turns it', () => {
  test('there are 14 panels and 7 faults', () => expect(panels.length * faults.length).toBe(98));
  describe.each(faults)('%s', (_, change, said) => {
    test.each(panels)('$id, $title', ({ id, title }) => {
      const judgement = judgeText(id, changed(id, title, change));
      expect(judgement.verdict).toBe('fail');
      expect(judgement.fact.lead).toBe(`${counts[id] - 1} of ${counts[id]} panels;`);
      expect(judgement.fact.rest).toMatch(new RegExp(`^“${title.replaceAll(/[()]/g, '\\$&')}”: `));
      expect(judgement.fact.rest).toMatch(said);
      expect(judgement.toGreen).toHaveLength(1);
      expect(judgement.toGreen[0]).toContain(`“${title}”: `);
    });
  });
});

describe('what else is wrong with a panel', () => {
  const lag = 'Execution Lag (p95)';
  const factOf = (change: (panel: Panel, all: Dashboard) => void, title = lag) =>
    judgeText('treasury', changed('treasury', title, change)).fact.rest;

  test.each<[string, (panel: Panel, all: Dashboard) => void, string]>([
    [
      'a type of Angular’s',
      (panel) => Object.assign(panel, { type: 'singlestat' }),
      'its type `singlestat` went with Angular; `stat` took its place',
    ],
    [
      'no datasource',
      (panel) =>
        Object.assign(panel, { datasource: null, targets: [{ ...panel.targets[0], datasource: null }] }),
      'its datasource is not said: it would ask whatever the default is',
    ],
    [
      'a variable that nobody declares',
      (_panel, all) => Object.assign(all, { templating: { list: [] } }),
      'its datasource is `datasource`, and the dashboard has no such variable',
    ],
    [
      'an input of imports',
      (_panel, all) =>
        Object.assign(all, {
          templating: { list: [] },
          __inputs: [{ name: 'datasource', type: 'datasource', pluginId: 'prometheus' }],
        }),
      'its datasource `datasource` is asked for in an import by hand and never else',
    ],
    [
      'hidden queries',
      ({ targets }) => Object.assign(targets[0] ?? {}, { hide: true }),
      'its queries are all hidden',
    ],
    ['no queries', (panel) => Object.assign(panel, { targets: [] }), 'it asks nothing in PromQL'],
    [
      'thresholds that are not drawn',
      ({ fieldConfig }) => Object.assign(fieldConfig.defaults.color, { mode: 'fixed' }),
      'its thresholds 300 and 600 are there and not drawn',
    ],
    [
      'colours the wrong way',
      ({ fieldConfig }) =>
        fieldConfig.defaults.thresholds.steps.map((step, at) =>
          Object.assign(step, { color: ['red', 'orange', 'green'][at] }),
        ),
      'its colours go the wrong way: values above the bounds are bad',
    ],
    [
      'a bound less',
      ({ fieldConfig }) => fieldConfig.defaults.thresholds.steps.pop(),
      'its thresholds are 300, not 300 and 600',
    ],
    [
      'percentages',
      ({ fieldConfig }) => Object.assign(fieldConfig.defaults.thresholds, { mode: 'percentage' }),
      'its thresholds are percentages of a range, and not values',
    ],
  ])('%s', (_, change, said) => {
    expect(factOf(change)).toContain(said);
  });

  test('a sketch: targets as texts', () => {
    const text = JSON.stringify({
      title: 'Treasury',
      panels: [
        {
          title: lag,
          type: 'graph',
          targets: ['histogram_quantile(0.95, treasury_disbursement_lag_seconds_bucket)'],
          threshold: { warning: 300 },
        },
      ],
    });
    const judgement = judgeText('treasury', text);
    expect(judgement.fact.lead).toBe('0 of 6 panels;');
    expect(judgement.toGreen.join('\n')).toContain('Write `{ "expr": … }` instead of');
    expect(JSON.stringify(judgement.deciding)).toContain('`graph` went with Angular');
  });

  test('a library panel cannot be told from the file', () => {
    const judgement = judgeText(
      'treasury',
      changed('treasury', lag, (panel, { panels }) => {
        const { title } = panel;
        panels[panels.indexOf(panel)] = {
          title,
          libraryPanel: { uid: 'lag', name: 'Lag' },
        } as unknown as Panel;
      }),
    );
    expect(judgement.verdict).toBe('unknown');
    expect(judgement.fact.rest).toContain(
      'it is the library panel “Lag”, whose content is in Grafana and not in the file',
    );
  });

  test('the best of panels with one title counts', () => {
    const text = changed('treasury', lag, (panel, { panels }) => panels.unshift({ ...panel, type: 'text' }));
    expect(judgeText('treasury', text).verdict).toBe('pass');
  });
});

describe('what does not matter', () => {
  test.each<[string, (panel: Panel, all: Dashboard) => void]>([
    [
      'other panels and another order',
      (panel, all) =>
        all.panels
          .reverse()
          .unshift({ ...panel, title: 'Mine', type: 'graph', targets: [{ expr: 'up(', datasource: null }] }),
    ],
    [
      'rows, open and collapsed',
      (_panel, all) =>
        Object.assign(all, {
          panels: [
            { type: 'row', title: 'One', panels: all.panels.slice(0, 3) },
            { type: 'row', title: 'Two', panels: [] },
            ...all.panels.slice(3),
          ],
        }),
    ],
    ['a name that the type had before', (panel) => Object.assign(panel, { type: 'singlestat2' })],
    [
      'white space, and a variable for the window',
      ({ targets }) =>
        Object.assign(targets[0] ?? {}, {
          expr: 'histogram_quantile( 0.95,\n  sum by (le) (rate(treasury_disbursement_lag_seconds_bucket[$__rate_interval])) ) # p95',
        }),
    ],
    [
      'a variable under another name',
      (_panel, all) =>
        Object.assign(
          all,
          JSON.parse(
            JSON.stringify(all)
              .replaceAll(`$\{datasource}`, '$DS')
              .replace('"name":"datasource"', '"name":"DS"'),
          ),
        ),
    ],
    [
      'a bound that nothing draws',
      (_panel, { panels }) =>
        panels
          .find(({ title }) => title === 'Balance Trend')
          ?.fieldConfig.defaults.thresholds.steps.push({ color: 'red', value: 80 }),
    ],
  ])('%s', (_, change) => {
    const judgement = judgeText('treasury', changed('treasury', 'Execution Lag (p95)', change));
    expect(judgement).toMatchObject({ verdict: 'pass', fact: { rest: 'each as the spec has it' } });
  });

  test('another question over the same metrics passes, and is told and decides', () => {
    const asks = (expr: string) =>
      judgeText(
        'treasury',
        changed('treasury', 'Execution Lag (p95)', ({ targets }) =>
          Object.assign(targets[0] ?? {}, { expr }),
        ),
      );
    const raw = asks('histogram_quantile(0.95, treasury_disbursement_lag_seconds_bucket)');
    expect(raw.verdict).toBe('pass');
    expect(raw.fact.rest).toBe('“Execution Lag (p95)” asks otherwise than the spec');
    expect(raw.sentence).toContain(
      '6 of 6 panels are as the spec has them; “Execution Lag (p95)” asks otherwise',
    );
    expect(raw.deciding.otherwise).toEqual({
      'Execution Lag (p95)': ['histogram_quantile(0.95, treasury_disbursement_lag_seconds_bucket)'],
    });
    // The rule that keeps the value is as good as the value.
    expect(asks('treasury:disbursement_lag_seconds:p95').verdict).toBe('pass');
  });
});
