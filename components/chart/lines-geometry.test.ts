import { expect, test } from 'vitest';
import { linesGeometry } from './lines-geometry.ts';

const range = { from: 0, to: 100 };

test('a gap is not drawn through', () => {
  const { paths } = linesGeometry(
    [
      [
        [0, 1],
        [20, 1],
        [40, null],
        [60, 2],
        [100, 2],
      ],
    ],
    [],
    range,
    null,
  );
  expect(paths[0]?.match(/M/g)).toHaveLength(2);
});

test('a bound far above the lines is told in words, a near one is drawn', () => {
  const bounds = [
    { word: 'warning', value: 10 },
    { word: 'critical', value: 600 },
  ];
  const laid = linesGeometry(
    [
      [
        [0, 4],
        [100, 5],
      ],
    ],
    bounds,
    range,
    null,
  );
  expect(laid.bounds.map(({ word }) => word)).toEqual(['warning']);
  expect(laid.above.map(({ word }) => word)).toEqual(['critical']);
  expect(laid.ticks.at(-1)?.value).toBeGreaterThanOrEqual(10);
});

test('names of lines that end together stand apart, and inside the plot', () => {
  const line = [
    [0, 5],
    [100, 5],
  ] as const;
  const { names } = linesGeometry([line, line, line], [], range, null);
  const sorted = [...names].sort((a, b) => a - b);
  expect(sorted[0]).toBeGreaterThanOrEqual(0);
  for (const [at, name] of sorted.entries()) {
    if (at > 0) expect(name - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(12.9);
  }
});

test('lines that end early say where', () => {
  expect(
    linesGeometry(
      [
        [
          [0, 5],
          [40, 5],
        ],
      ],
      [],
      range,
      40,
    ).endX,
  ).toBe(40);
});

test('the word of a bound goes below its line where the next bound is too near above', () => {
  const near = [
    { word: 'warning', value: 300 },
    { word: 'critical', value: 600 },
  ];
  const laid = (top: number) =>
    linesGeometry(
      [
        [
          [0, 4],
          [100, top],
        ],
      ],
      near,
      range,
      null,
    ).bounds;
  expect(laid(5000).map(({ isBelow }) => isBelow)).toEqual([true, false]);
  expect(laid(500).map(({ isBelow }) => isBelow)).toEqual([false, false]);
});
