// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Grafana writes its variables so
import { describe, expect, test } from 'vitest';
import { interpolate } from './interpolate.ts';
import { readVariables } from './variables.ts';

const list = [
  { name: 'job', type: 'query', current: { value: 'node' } },
  { name: 'many', type: 'query', multi: true, current: { value: ['a.b', 'c'] } },
  { name: 'one', type: 'custom', multi: true, current: { value: ['a.b'] } },
  { name: 'all', type: 'query', includeAll: true, current: { value: ['$__all'] } },
  { name: 'own', type: 'query', includeAll: true, allValue: 'x.+', current: { value: '$__all' } },
  { name: 'every', type: 'custom', includeAll: true, query: 'one, Two : two', current: { value: '$__all' } },
  { name: 'step', type: 'interval', current: { value: '$__auto_interval_step' } },
  { name: 'fixed', type: 'constant', query: '7' },
  { name: 'typed', type: 'textbox', query: 'said', current: {} },
  { name: 'first', type: 'custom', query: 'red,green' },
  {
    name: 'told',
    type: 'query',
    query: 'label_values(up, job)',
    refresh: 1,
    current: { value: 'a"} or b\\' },
  },
  { name: 'hostile', type: 'query', multi: true, current: { value: ['a"}', 'b\\'] } },
  { name: 'sole', type: 'query', multi: true, current: { value: ['"\\'] } },
  { name: 'part', type: 'constant', query: 'job="a\\b"' },
  { name: 'nothing', type: 'query', query: 'label_values(up, job)', current: {} },
];
const variables = readVariables({ templating: { list } });

describe('a query with the dashboard’s variables filled in', () => {
  test.each([
    ['a{job="$job"}', 'a{job="node"}'],
    ['a{job=~"$many"}', String.raw`a{job=~"(a\\.b|c)"}`],
    ['a{job=~"${many:pipe}"}', 'a{job=~"a.b|c"}'],
    ['${many:csv} [[many:raw]]', 'a.b,c a.b,c'],
    ['a{job=~"$one"}', String.raw`a{job=~"a\\.b"}`],
    ['a{job=~"$all"}', 'a{job=~".*"}'],
    ['a{job=~"[[own]]"}', 'a{job=~"x.+"}'],
    ['a{job=~"$every"}', 'a{job=~"(one|two)"}'],
    ['a{job="$told"}', String.raw`a{job="a\"} or b\\"}`],
    ['a{job=~"$hostile"}', String.raw`a{job=~"(a\"\\}|b\\\\)"}`],
    ['a{job=~"$sole"}', String.raw`a{job=~"\"\\\\"}`],
    ['a{$part}', String.raw`a{job="a\\b"}`],
    ['rate(a[$step])', 'rate(a[1m])'],
    ['a > $fixed', 'a > 7'],
    ['a{x="${typed}"}', 'a{x="said"}'],
    ['a{x="$first"}', 'a{x="red"}'],
    [
      'label_replace(a{job="$job"}, "x", "$1", "y", "(.*)")',
      'label_replace(a{job="node"}, "x", "$1", "y", "(.*)")',
    ],
    ['rate(a[$__rate_interval]) / ${__range_s}', 'rate(a[$__rate_interval]) / ${__range_s}'],
  ])('%s', (expr, filled) => {
    expect(interpolate(expr, variables)).toEqual({ ok: true, expr: filled });
  });

  test('names what has no value, and is not asked then', () => {
    expect(interpolate('a{x="$nothing"}', variables)).toEqual({ ok: false, variable: 'nothing' });
    expect(interpolate('a{x="$undeclared"}', variables)).toEqual({ ok: false, variable: 'undeclared' });
  });

  test('of the newer schema reads the same', () => {
    const newer = readVariables({
      variables: [{ kind: 'QueryVariable', spec: { name: 'job', current: { value: 'node' } } }],
    });
    expect(interpolate('a{job="$job"}', newer)).toEqual({ ok: true, expr: 'a{job="node"}' });
  });
});
