import { expect, test } from 'vitest';
import { readable } from './readable.ts';

test('named values keep their unit, instants are instants, and what says nothing is left out', () => {
  const { values } = readable({
    tookMs: 38,
    lastSampleAt: '2026-11-23T08:10:12.000Z',
    types: [],
    form: null,
  });
  expect(values).toEqual([
    { name: 'Took', value: { kind: 'text', text: '38 ms' } },
    { name: 'Last sample at', value: { kind: 'instant', at: '2026-11-23T08:10:12.000Z' } },
  ]);
});

test('a sample’s many digits are cut, never rounded up, and a short number stays as it was written', () => {
  const { values } = readable({ value: '4.752973913043476', limit: '10.5', version: '1.20.3000' });
  const texts = values.map(({ value }) => ('text' in value ? value.text : ''));
  expect(texts).toEqual(['4.75', '10.5', '1.20.3000']);
});

test('a list of alike objects is a table: what it is first, what is not a pass on top, its series drawn last', () => {
  const line = [
    [1, 2],
    [2, 3],
    [3, 4],
  ];
  const { tables, series } = readable({
    metrics: [
      { quiet: false, verdict: 'pass', line, name: 'a_total' },
      { quiet: false, verdict: 'fail', line: [], name: 'b_total' },
    ],
  });
  expect(series).toEqual([]);
  expect(tables).toHaveLength(1);
  expect(tables[0]?.columns).toEqual(['Name', 'Verdict', 'Line']);
  expect(tables[0]?.rows.map((row) => row[0])).toEqual([
    { kind: 'code', text: 'b_total' },
    { kind: 'code', text: 'a_total' },
  ]);
  expect(tables[0]?.rows[0]?.[1]).toEqual({ kind: 'verdict', verdict: 'fail' });
  expect(tables[0]?.rows[1]?.[2]).toEqual({ kind: 'line', values: [2, 3, 4] });
});

test('an object of alike objects is a table by its keys', () => {
  const { tables } = readable({ labels: { status: { values: ['queued', 'executed'], without: 0 } } });
  expect(tables[0]?.columns).toEqual(['Name', 'Values', 'Without']);
  expect(tables[0]?.rows[0]).toEqual([
    { kind: 'code', text: 'status' },
    { kind: 'code', text: 'queued, executed' },
    { kind: 'text', text: '0' },
  ]);
});

test('pairs of second and value are a series, also with values as Prometheus writes them', () => {
  const { series } = readable({
    line: [
      [10, '1.5'],
      [20, 2],
      [30, '3'],
    ],
  });
  expect(series).toEqual([
    {
      name: 'Line',
      points: [
        [10, 1.5],
        [20, 2],
        [30, 3],
      ],
    },
  ]);
  expect(
    readable({
      line: [
        [10, 'NaN'],
        [20, 2],
        [30, 3],
      ],
    }).series,
  ).toEqual([]);
});

test('a table of thousands shows sixty and says how many more there are', () => {
  const rows = Array.from({ length: 1000 }, (_, at) => ({ name: `m_${at}` }));
  const [table] = readable({ rows }).tables;
  expect(table?.rows).toHaveLength(60);
  expect(table?.more).toBe(940);
});

test('numbers are cut to what people read, and a table that only says a value again is left out', () => {
  const { values, tables } = readable({
    value: 4.3218080979338485,
    series: 1,
    values: [{ value: 4.3218080979338485 }],
  });
  expect(values.map(({ value }) => value)).toEqual([
    { kind: 'text', text: '4.32' },
    { kind: 'text', text: '1' },
  ]);
  expect(tables).toEqual([]);
});
