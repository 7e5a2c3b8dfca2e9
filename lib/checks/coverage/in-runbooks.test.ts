import { expect, test } from 'vitest';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import { alertOf, coverageSpec, metricOf, runbookOf, stepOf } from './coverage.fixture.ts';
import { metricsInRunbooks } from './in-runbooks.ts';

const metrics = [
  metricOf('lag_seconds', 'histogram'),
  metricOf('pool_depth'),
  metricOf('up'),
  metricOf('node_state'),
];

function placed(given: Partial<RunbookSpec>) {
  const spec = coverageSpec(
    metrics,
    { runbooks: [runbookOf('Stuck', given)] },
    { alerts: [alertOf('LagHigh', 'lag_seconds'), alertOf('Other', 'pool_depth')] },
  );
  const found = metricsInRunbooks(spec);
  return { metrics: [...found.of.keys()].sort(), unread: found.unread };
}

test.each<[string, Partial<RunbookSpec>, readonly string[]]>([
  ['the runbook of its alert', { alerts: ['LagHigh'] }, ['lag_seconds']],
  [
    'a symptom',
    { symptoms: ['`pool_depth` of a node, or lag_seconds_count: flat.'] },
    ['lag_seconds', 'pool_depth'],
  ],
  ['a longer name is another one', { symptoms: ['pool_depth_max'] }, []],
  ['a word of English that is a metric’s name too', { symptoms: ['The node is up.'] }, []],
  [
    'a query of a command, by its grammar: a label is no metric',
    {
      diagnosis: [
        stepOf({ run: 'curl -sS "$URL" --data-urlencode \'query=sum by (node_state) (up)\' | jq .data' }),
      ],
    },
    ['up'],
  ],
  [
    'a command in a command’s text',
    { diagnosis: [stepOf({ run: "watch 'cli | grep pool_depth'" })] },
    ['pool_depth'],
  ],
  [
    'a command on a way out',
    {
      resolution: [{ when: 'It is late', steps: [stepOf({ run: 'echo "$(cli show lag_seconds_bucket)"' })] }],
    },
    ['lag_seconds'],
  ],
  ['what to look for', { diagnosis: [stepOf({ look: 'pool_depth falls' })] }, ['pool_depth']],
])('%s', (_, given, names) => {
  expect(placed(given)).toEqual({ metrics: names, unread: [] });
});

test('PromQL that does not parse is said so, and what it names still counts', () => {
  const run =
    'curl --data-urlencode "query=increase(pool_depth[$window])" http://localhost:9090/api/v1/query';
  expect(placed({ diagnosis: [stepOf({ title: 'Ask', run })] })).toEqual({
    metrics: ['pool_depth'],
    unread: [{ name: 'runbook “Stuck”, step “Ask”', message: expect.stringContaining('does not parse') }],
  });
});

test('commands that do not parse are said to, and read as words', () => {
  expect(placed({ diagnosis: [stepOf({ run: 'grep "pool_depth' })] })).toEqual({
    metrics: ['pool_depth'],
    unread: [{ name: 'runbook “Stuck”, step “Look”', message: 'its commands do not parse' }],
  });
});
