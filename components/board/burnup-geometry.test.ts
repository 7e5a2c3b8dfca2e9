import { expect, test } from 'vitest';
import { burnupGeometry, plot } from './burnup-geometry.ts';

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const nowMs = Date.parse(at(23));

test('nothing is drawn before the first point', () => {
  expect(burnupGeometry({ points: [], targetAt: at(30), forecast: null }, nowMs)).toBeNull();
});

test('ready moves in steps, up to now and not beyond', () => {
  const geometry = burnupGeometry(
    {
      points: [
        { at: at(3), ready: 0, scope: 17 },
        { at: at(13), ready: 8, scope: 19 },
      ],
      targetAt: at(30),
      forecast: null,
    },
    nowMs,
  );
  const ready = geometry?.ready ?? [];
  expect(ready).toHaveLength(4);
  expect(ready[1]?.[0]).toBe(ready[2]?.[0]);
  expect(ready.at(-1)?.[1]).toBe(ready[2]?.[1]);
  expect(geometry?.targetX).toBeGreaterThan(ready.at(-1)?.[0] ?? 0);
  expect(geometry?.fan).toBeNull();
});

test('a forecast past the picture ends at its edge', () => {
  const geometry = burnupGeometry(
    {
      points: [
        { at: at(3), ready: 0, scope: 10 },
        { at: at(20), ready: 5, scope: 10 },
      ],
      targetAt: at(30),
      forecast: { earliestAt: at(29), latestAt: '2028-01-01T00:00:00.000Z' },
    },
    nowMs,
  );
  expect(geometry?.fan?.[2][0]).toBe(plot.right);
  expect(geometry?.fan?.[1][0]).toBeLessThan(plot.right);
});

test('dates that would touch leave room for the target’s', () => {
  const geometry = burnupGeometry(
    { points: [{ at: at(23, 1), ready: 1, scope: 10 }], targetAt: at(24), forecast: null },
    Date.parse(at(23, 2)),
  );
  const xs = geometry?.dates.map(({ x }) => x) ?? [];
  expect(xs).toContain(geometry?.targetX);
  for (const [index, x] of xs.entries())
    if (index > 0) expect(x - (xs[index - 1] ?? 0)).toBeGreaterThanOrEqual(46);
});
