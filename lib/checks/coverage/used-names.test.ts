import { expect, test } from 'vitest';
import { alertOf, coverageSpec, metricOf, panelOf, runbookOf, stepOf } from './coverage.fixture.ts';
import { undeclaredNames } from './used-names.ts';

const metrics = [metricOf('depth'), metricOf('lag_seconds', 'histogram')];

test('names of panels, alerts and runbooks that nobody declares are told, each with its places', () => {
  const ask = stepOf({
    run: "curl --data-urlencode 'query=rate(fee_total[5m])' http://localhost:9090/api/v1/query",
  });
  const spec = coverageSpec(
    metrics,
    {
      panels: [panelOf('p', ['sum(fee_total) / depth'])],
      runbooks: [runbookOf('Stuck', { diagnosis: [ask] })],
    },
    {
      alerts: [
        { ...alertOf('Late', 'depth'), rule: { threshold: 't', expr: 'late_total > depth', forMs: 0 } },
        alertOf('Bare', 'bare_total'),
      ],
    },
  );
  expect(undeclaredNames(spec)).toEqual([
    { name: 'fee_total', places: ['panel “p” of Board', 'runbook “Stuck”'] },
    { name: 'late_total', places: ['alert “Late”'] },
    { name: 'bare_total', places: ['alert “Bare”'] },
  ]);
});

test('a part of a declared histogram, a label of a name and words of a sentence are none', () => {
  const spec = coverageSpec(metrics, {
    panels: [
      panelOf('p', ['histogram_quantile(0.9, rate(lag_seconds_bucket[5m]))', 'depth{kind="fee_total"}']),
    ],
    runbooks: [runbookOf('Stuck', { diagnosis: [stepOf({ text: 'Look at fee_total.' })] })],
  });
  expect(undeclaredNames(spec)).toEqual([]);
});

test('a query that does not parse tells nothing here', () => {
  expect(undeclaredNames(coverageSpec(metrics, { panels: [panelOf('p', ['sum(fee_total'])] }))).toEqual([]);
});
