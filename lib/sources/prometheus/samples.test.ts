import { describe, expect, test } from 'vitest';
import { readSamples } from './samples.ts';

const metric = { __name__: 'a', job: 'node' };

describe('samples', () => {
  test('of a matrix, a vector and a scalar', () => {
    expect(
      readSamples({
        resultType: 'matrix',
        result: [
          {
            metric,
            values: [
              [1, '2'],
              [2, 'NaN'],
            ],
          },
        ],
      }),
    ).toMatchObject({
      ok: true,
      series: [
        {
          name: 'a',
          labels: { job: 'node' },
          points: [
            [1, '2'],
            [2, 'NaN'],
          ],
          native: false,
          lastAt: 2,
        },
      ],
    });
    expect(readSamples({ resultType: 'vector', result: [{ metric, value: [1.5, '2'] }] })).toMatchObject({
      ok: true,
      series: [{ points: [[1.5, '2']], lastAt: 1.5 }],
    });
    expect(readSamples({ resultType: 'scalar', result: [1, '+Inf'] })).toMatchObject({
      ok: true,
      series: [{ name: '', points: [[1, '+Inf']] }],
    });
  });

  test('of a native histogram stand by its count', () => {
    const histograms = [[3, { count: '12', sum: '3.5', buckets: [[0, '0', '1', '12']] }]];
    expect(readSamples({ resultType: 'matrix', result: [{ metric, histograms }] })).toMatchObject({
      ok: true,
      series: [{ native: true, points: [[3, '12']], lastAt: 3 }],
    });
  });

  test('a label of any name is data', () => {
    const labels = JSON.parse('{"__name__":"a","__proto__":"x","constructor":"y"}');
    const read = readSamples({ resultType: 'vector', result: [{ metric: labels, value: [1, '1'] }] });
    expect(read.ok && Object.entries(read.series[0]?.labels ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  test.each([
    [null, 'has no data'],
    [{}, 'has a result of a kind that is not known'],
    [{ resultType: 'streams', result: [] }, 'has a result of a kind that is not known'],
    [{ resultType: 'vector', result: {} }, 'has a result that is no list'],
    [{ resultType: 'vector', result: [{ value: [1, '1'] }] }, 'has no labels in series 1'],
    [
      { resultType: 'vector', result: [{ metric: { a: 1 }, value: [1, '1'] }] },
      'has a label that is no text in series 1',
    ],
    [
      { resultType: 'vector', result: [{ metric, value: [1, 1] }] },
      'has a sample that is not a time and a text in series 1',
    ],
    [
      {
        resultType: 'matrix',
        result: [
          { metric, values: [[1, '1']] },
          { metric, values: [['1', '1']] },
        ],
      },
      'has a sample that is not a time and a text in series 2',
    ],
    [
      { resultType: 'matrix', result: [{ metric, values: {} }] },
      'has a sample that is not a time and a text in series 1',
    ],
    [
      { resultType: 'matrix', result: [{ metric, histograms: [[1, {}]] }] },
      'has a histogram without count and sum in series 1',
    ],
    [{ resultType: 'scalar', result: [] }, 'has a scalar without time and value'],
  ])('of another shape are refused: %j', (data, message) => {
    expect(readSamples(data)).toEqual({ ok: false, message });
  });
});
