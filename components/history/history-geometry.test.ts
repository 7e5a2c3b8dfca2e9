import { expect, test } from 'vitest';
import type { HistoryPoint } from '#lib/domain/history.ts';
import { countsOf } from './counts.ts';
import { historyGeometry } from './history-geometry.ts';

const none = { added: 0, removed: 0, reworded: 0, moved: 0, ticked: 0, unticked: 0 };
const point = (at: string, done: number, total: number): HistoryPoint => ({
  commit: at,
  at,
  subject: '',
  path: 'a.md',
  done,
  total,
  open: total - done,
  ...none,
});

test('done and total go in steps: what a commit left stands until the next one', () => {
  const laid = historyGeometry([
    point('2026-01-01T00:00:00Z', 0, 10),
    point('2026-01-01T12:00:00Z', 5, 10),
    point('2026-01-02T00:00:00Z', 4, 10),
  ]);
  expect(laid.done).toBe('M0 100L50 100L50 50L100 50L100 60L100 60');
  expect(laid.places).toEqual([
    { x: 0, y: 100 },
    { x: 50, y: 50 },
    { x: 100, y: 60 },
  ]);
});

test('a commit that says it is older than the one before does not draw backwards', () => {
  const { places } = historyGeometry([
    point('2026-01-01T00:00:00Z', 0, 4),
    point('2026-01-03T00:00:00Z', 1, 4),
    point('2026-01-02T00:00:00Z', 2, 4),
    point('2026-01-05T00:00:00Z', 3, 4),
  ]);
  expect(places.map(({ x }) => x)).toEqual([0, 50, 50, 100]);
});

test('what a version changed is told in words, and nothing where it changed nothing', () => {
  expect(countsOf({ ...point('2026-01-01T00:00:00Z', 1, 2), added: 3, unticked: 1 })).toBe(
    '3 added, 1 unticked',
  );
  expect(countsOf(point('2026-01-01T00:00:00Z', 1, 2))).toBe('');
});
