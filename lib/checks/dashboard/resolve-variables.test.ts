import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import { held, judgeLive, noData, seen, withData } from '../dashboard.fixture.ts';
import { dashboardOf } from '../dashboard-file.fixture.ts';
import { offeredValues, readLabelValues } from './label-values.ts';

const values = (label: string, ...all: string[]): PanelDataSeen => ({
  ...withData,
  seriesWithData: all.length,
  series: all.map((value) => ({ labels: { [label]: value }, points: [[1, 1]] })),
});

const variable = (name: string, query: string, more: JsonObject = {}): JsonObject => ({
  type: 'query',
  name,
  datasource: { type: 'prometheus', uid: 'prom' },
  query: { query, refId: 'A' },
  current: {},
  options: [],
  refresh: 1,
  ...more,
});

describe('the values of a label', () => {
  test.each([
    ['label_values(up, job)', { selector: 'up', label: 'job' }],
    ['label_values(up{a="x,y",b=~"(c)"}, instance)', { selector: 'up{a="x,y",b=~"(c)"}', label: 'instance' }],
    ['label_values(up{job="$job"},instance)', { selector: 'up{job="$job"}', label: 'instance' }],
    ['label_values(job)', null],
    ['query_result(up)', null],
    ['label_values(up, job) or vector(1)', null],
    ['label_values(up, 1job)', null],
    ['', null],
  ])('%s', (query, read) => expect(readLabelValues(query)).toEqual(read));

  const asks = { label: 'x', selector: 'up', datasource: { kind: 'default' }, sort: 0, regex: null } as const;
  test.each([
    [null, 0, ['b2', 'a10', 'a10', 'C1'], ['C1', 'a10', 'b2']],
    [null, 2, ['b2', 'a10', 'C1'], ['b2', 'a10', 'C1']],
    [null, 3, ['b2', 'a10', 'C1'], ['C1', 'b2', 'a10']],
    [null, 5, ['b2', 'a10', 'C1'], ['a10', 'b2', 'C1']],
    ['/^node-(\\d+)$/', 0, ['node-2', 'other', 'node-1'], ['1', '2']],
    ['/(?<text>n)-(?<value>\\w)/', 0, ['n-a', 'n-b'], ['a', 'b']],
    ['NODE', 0, ['node'], []],
    ['/NODE/i', 0, ['node'], ['node']],
  ])('through %s in the order %i', (regex, sort, found, offered) =>
    expect(offeredValues(found, { ...asks, regex, sort })).toEqual(offered),
  );

  test.each([
    '(a+)+$',
    '(a|a)*$',
    '(?:a*)*',
    'a*a*a*a*b',
    '(a|a)'.repeat(40),
    'a?'.repeat(50),
    '(a)\\1',
    '(',
    'x'.repeat(300),
  ])('a pattern that could run for ever, or is none, is not run: %s', (regex) => {
    expect(offeredValues(['a'.repeat(150)], { ...asks, regex })).toBeNull();
  });
});

describe('a dashboard with variables that Grafana asks for', () => {
  /** The kit's own, each query narrowed by a variable. */
  const narrowed = (variables: readonly JsonObject[], by: string): JsonObject => {
    const json = dashboardOf('treasury') as unknown as {
      panels: { targets: { expr: string }[] }[];
      templating: { list: JsonObject[] };
    };
    for (const panel of json.panels)
      for (const target of panel.targets) target.expr = `(${target.expr}) and on () up{${by}}`;
    return { ...json, templating: { list: [...json.templating.list, ...variables] } } as JsonObject;
  };
  const judged = (
    json: JsonObject,
    dataOf: (expr: string) => PanelDataSeen,
  ): Judgement & { asked: readonly string[] } => judgeLive('treasury', seen([held(json)]), dataOf);

  test('takes the first that is offered, one that rests on another after it', () => {
    const json = narrowed(
      [
        variable('node', 'label_values(up{job="$job"}, instance)', { sort: 2 }),
        variable('job', 'label_values(up, job)', { regex: '/^fast/' }),
      ],
      'instance="$node"',
    );
    const { asked } = judged(json, (expr) =>
      expr === 'group by (job) (up)'
        ? values('job', 'slow', 'fast-b', 'fast-a')
        : expr === 'group by (instance) (up{job="fast-a"})'
          ? values('instance', 'n1', 'n2')
          : withData,
    );
    expect(asked.slice(0, 2)).toEqual(['group by (job) (up)', 'group by (instance) (up{job="fast-a"})']);
    expect(asked.slice(2).every((expr) => expr.includes('instance="n2"') || !expr.includes('up{'))).toBe(
      true,
    );
    expect(asked.some((expr) => expr.includes('up{instance="n2"}'))).toBe(true);
  });

  test('keeps what was chosen while it is offered, and only then', () => {
    const chosen = variable('job', 'label_values(up, job)', { current: { value: 'old' } });
    const asks = (...offered: string[]) =>
      judged(narrowed([chosen], 'job="$job"'), (expr) =>
        expr.startsWith('group by') ? values('job', ...offered) : withData,
      ).asked.find((expr) => expr.includes('up{'));
    expect(asks('new', 'old')).toContain('job="old"');
    expect(asks('new')).toContain('job="new"');
  });

  test('is said where more is offered than is kept, unless what was chosen is seen among it', () => {
    const judge = (current: JsonObject) =>
      judged(narrowed([variable('job', 'label_values(up, job)', { current })], 'job="$job"'), (expr) =>
        expr.startsWith('group by') ? { ...values('job', 'a', 'b'), seriesWithData: 3 } : withData,
      );
    expect(judge({ value: 'b' }).asked.join()).toContain('job="b"');
    for (const current of [{ value: 'c' }, {}]) {
      const { verdict, sentence } = judge(current);
      expect(verdict).toBe('unknown');
      expect(sentence).toContain('its variable `job` has no value by itself');
    }
  });

  test('may hold what would end the text it stands in, and does not', () => {
    const json = narrowed([variable('job', 'label_values(up, job)')], 'job="$job"');
    const { asked } = judged(json, (expr) =>
      expr.startsWith('group by') ? values('job', 'a"} or vector(1) or up{job="') : withData,
    );
    expect(asked.join()).toContain(String.raw`up{job="a\"} or vector(1) or up{job=\""}`);
  });

  test('is not asked for where nothing on a wanted panel uses it, or Grafana would not ask', () => {
    const unused = variable('other', 'label_values(up, job)');
    const kept = variable('job', 'label_values(up, job)', { refresh: 0, current: { value: 'kept' } });
    const { asked } = judged(narrowed([unused, kept], 'job="$job"'), () => withData);
    expect(asked.filter((expr) => expr.startsWith('group by'))).toEqual([]);
    expect(asked.some((expr) => expr.includes('job="kept"'))).toBe(true);
  });

  test.each([
    ['nothing is offered', 'label_values(up, job)', {}],
    ['its query cannot be read', 'query_result(up)', {}],
    ['it rests on itself', 'label_values(up{job="$job"}, job)', {}],
    ['its pattern is not run', 'label_values(up, job)', { regex: '(a+)+' }],
  ])('is said where %s, and never passes', (_, query, more) => {
    const json = narrowed([variable('job', query, more)], 'job="$job"');
    const { verdict, sentence } = judged(json, (expr) => (expr.startsWith('group by') ? noData : withData));
    expect(verdict).toBe('unknown');
    expect(sentence).toContain('its variable `job` has no value by itself');
  });

  test('that rest on each other in a circle end, and are said', () => {
    const json = narrowed(
      [variable('a', 'label_values(up{x="$b"}, y)'), variable('b', 'label_values(up{y="$a"}, x)')],
      'y="$a"',
    );
    const { verdict, asked } = judged(json, () => withData);
    expect([verdict, asked.some((expr) => expr.startsWith('group by'))]).toEqual(['unknown', false]);
  });
});
