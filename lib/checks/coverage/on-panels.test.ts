import { expect, test } from 'vitest';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
import { coverageSpec, metricOf, panelOf } from './coverage.fixture.ts';
import { metricsOnPanels } from './on-panels.ts';

const metrics = [
  metricOf('lag_seconds', 'histogram'),
  metricOf('depth'),
  metricOf('untold', null),
  metricOf('status'),
  metricOf('errors_total', 'counter'),
];
const record: ThresholdSpec = {
  id: 'share',
  title: 'Share',
  metric: 'errors_total',
  value: 'rate(errors_total[5m]) / depth',
  unit: null,
  side: 'above',
  warning: 1,
  critical: null,
  record: 'share:ratio',
};

/** Titles of the panels of each metric that is on one. */
function places(exprs: readonly string[], quietWhen: string | null = null) {
  const found = metricsOnPanels(
    coverageSpec(metrics, { panels: [panelOf('p', exprs, quietWhen)] }, { thresholds: [record] }),
  );
  return {
    of: Object.fromEntries([...found.of].map(([metric, all]) => [metric, all.flatMap(({ as }) => as)])),
    unread: found.unread,
  };
}

test.each<[string, string, Record<string, readonly string[]>]>([
  ['a gauge', 'sum(depth)', { depth: ['depth'] }],
  [
    'the buckets of a histogram',
    'histogram_quantile(0.9, rate(lag_seconds_bucket[5m]))',
    { lag_seconds: ['lag_seconds_bucket'] },
  ],
  [
    'its sum over its count',
    'rate(lag_seconds_sum[5m]) / rate(lag_seconds_count[5m])',
    { lag_seconds: ['lag_seconds_count', 'lag_seconds_sum'] },
  ],
  ['a histogram under its own name', 'histogram_sum(lag_seconds)', { lag_seconds: ['lag_seconds'] }],
  ['what may be a histogram', 'untold_bucket', { untold: ['untold_bucket'] }],
  ['no gauge by a suffix', 'depth_count', {}],
  ['no metric by a label of its name', 'sum by (status) (depth{status="status"})', { depth: ['depth'] }],
  [
    'a name in quotes',
    '{"depth"} + {__name__="errors_total"}',
    { depth: ['depth'], errors_total: ['errors_total'] },
  ],
  [
    'one of a list of names',
    '{__name__=~"depth|errors_total"}',
    { depth: ['depth'], errors_total: ['errors_total'] },
  ],
  ['a recording rule, for its metric and no more', 'share:ratio', { errors_total: ['share:ratio'] }],
  ['a pattern, over the whole of a name', '{__name__=~"lag_.+|dept"}', { lag_seconds: [] }],
])('%s', (_, expr, of) => {
  expect(places([expr])).toEqual({ of, unread: [] });
});

test('what only says when no data is right is not drawn', () => {
  expect(places(['depth'], 'absent(errors_total)').of).toEqual({ depth: ['depth'] });
});

test('a query that does not parse is named with the reason, and the others of its panel count', () => {
  const { of, unread } = places(['sum(errors_total', 'depth']);
  expect(of).toEqual({ depth: ['depth'] });
  expect(unread).toEqual([
    { name: 'panel “p” of Board', message: expect.stringMatching(/ends too early \(sum\(errors_total\)$/) },
  ]);
});

test('a metric that is declared under the name of a histogram’s part is itself', () => {
  const spec = coverageSpec([...metrics, metricOf('lag_seconds_count', 'counter')], {
    panels: [panelOf('p', ['lag_seconds_count'])],
  });
  expect([...metricsOnPanels(spec).of.keys()]).toEqual(['lag_seconds_count']);
});

test('a metric on two panels has both', () => {
  const panels = [panelOf('one', ['depth']), panelOf('two', ['max(depth)', 'min(depth)'])];
  const found = metricsOnPanels(coverageSpec(metrics, { panels })).of.get('depth');
  expect(found?.map(({ title }) => title)).toEqual(['one', 'two']);
});
