import { axisTicks } from '#components/chart/number.ts';
import { type Point, pathOf, tenth } from '#components/picture/line.ts';
import type { HistoryPoint } from '#lib/domain/history.ts';

interface HistoryGeometry {
  readonly done: string;
  readonly total: string;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  /** Where each version stands: percent from the left and from the top (of its done). */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly end: { readonly done: number; readonly total: number };
}

/** Lays out done and total as steps over time, in hundredths. Versions of one instant stand at one place. Pure. */
export function historyGeometry(points: readonly HistoryPoint[]): HistoryGeometry {
  const times = points.map(({ at }) => Date.parse(at));
  // Committers' clocks differ: a version that says it is older than the one before stands where that one does.
  const forward = times.map((_, index) => Math.max(...times.slice(0, index + 1)));
  const first = forward[0] ?? 0;
  const span = Math.max((forward.at(-1) ?? 0) - first, 1);
  const ticks = axisTicks(0, Math.max(...points.map(({ total }) => total), 1));
  const high = ticks.at(-1) ?? 1;
  const last = points.at(-1);
  const x = (index: number): number => tenth((100 * ((forward[index] ?? first) - first)) / span);
  const y = (value: number): number => tenth(100 * (1 - value / high));
  const steps = (value: (point: HistoryPoint) => number): string =>
    pathOf([
      ...points.flatMap((point, index): Point[] => {
        const before = points[index - 1];
        return [
          ...(before ? [[x(index), y(value(before))] as const] : []),
          [x(index), y(value(point))] as const,
        ];
      }),
      ...(last ? [[100, y(value(last))] as const] : []),
    ]);
  return {
    done: steps((point) => point.done),
    total: steps((point) => point.total),
    ticks: ticks.filter(Number.isInteger).map((value) => ({ value, y: y(value) })),
    places: points.map((point, index) => ({ x: x(index), y: y(point.done) })),
    end: { done: y(last?.done ?? 0), total: y(last?.total ?? 0) },
  };
}
