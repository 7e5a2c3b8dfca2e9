import { expect, test } from 'vitest';
import { parsePromql } from '#lib/checks/promql/parse.ts';
import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import { drawPanel } from './draw-panel.ts';
import { panelQuestion, seriesName } from './panel-question.ts';

const panel: PanelSpec = {
  id: 'lag',
  title: 'Lag',
  type: 'timeseries',
  about: null,
  unit: 'seconds',
  threshold: null,
  overMs: null,
  queries: [
    { expr: 'sum by (a) (x) # the first', legend: '{{a}}' },
    { expr: 'y', legend: null },
  ],
  quietWhen: 'absent(x)',
};
const range = { fromSeconds: 0, toSeconds: 100, stepSeconds: 10 };
const one = (labels: Record<string, string>, points: [number, string][]) => ({ labels, points });
const answer = (...series: PromqlAnswer['series'][number][]): PromqlAnswer => ({
  resultType: 'matrix',
  series,
  range,
  warnings: [],
});
const draw = (given: PromqlAnswer) =>
  drawPanel(
    panel,
    given,
    [
      { word: 'warning', value: 3 },
      { word: 'critical', value: 8 },
    ],
    'above',
    'an hour',
  );

test('all queries of a panel, and what makes it quiet, are one expression that parses', () => {
  const parsed = parsePromql(panelQuestion(panel));
  expect(parsed.ok).toBe(true);
  expect(panelQuestion(panel).match(/label_replace/g)).toHaveLength(3);
});

test('the greatest three are drawn, the rest is counted, and bounds are judged by the last value', () => {
  const series = [1, 9, 5, 4].map((value) =>
    one({ big_green_query: '0', a: `a${value}` }, [
      [90, '0'],
      [100, String(value)],
    ]),
  );
  const drawn = draw(answer(...series));
  expect(drawn.series.map(({ name, beyond }) => [name, beyond])).toEqual([
    ['a9', 'critical'],
    ['a5', 'warning'],
    ['a4', 'warning'],
  ]);
  expect(drawn).toMatchObject({ state: 'data', others: 1, endedAt: null });
});

test('a step without a sample is a gap, and a word for infinity is no number', () => {
  const { series } = draw(
    answer(
      one({ big_green_query: '1' }, [
        [0, '1'],
        [10, '+Inf'],
        [20, '2'],
        [80, '3'],
        [100, '3'],
      ]),
    ),
  );
  expect(series[0]?.points).toEqual([
    [0, 1],
    [10, null],
    [20, 2],
    [30, null],
    [80, 3],
    [90, null],
    [100, 3],
  ]);
});

test('lines that end early say since when', () => {
  expect(
    draw(
      answer(
        one({ big_green_query: '1' }, [
          [0, '1'],
          [60, '2'],
        ]),
      ),
    ).endedAt,
  ).toBe(60);
});

test('no data is quiet only while the spec says that nothing happened', () => {
  const quiet = (at: number) => one({ big_green_query: 'quiet' }, [[at, '1']]);
  expect(draw(answer(quiet(100)))).toMatchObject({ state: 'quiet', quiet: true });
  expect(draw(answer(quiet(40)))).toMatchObject({ state: 'no-data', quiet: false });
  expect(draw(answer()).says).toBe('No data over an hour');
  expect(draw(answer(one({ big_green_query: '1' }, [[100, 'NaN']]))).says).toBe('No number over an hour');
});

test('a line is named by its legend, else by its labels, else by its panel', () => {
  expect(seriesName('{{ a }} of {{b}}', { a: 'x', b: 'y' }, 'Lag')).toBe('x of y');
  expect(seriesName('{{gone}}', { big_green_query: '0', a: 'x' }, 'Lag')).toBe('a=x');
  expect(seriesName(null, { big_green_query: '0' }, 'Lag')).toBe('Lag');
});
