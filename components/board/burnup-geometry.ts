import { axisTicks } from '#components/chart/number.ts';
import { type Point, tenth } from '#components/picture/line.ts';
import type { Burnup } from '#lib/domain/view.ts';

/** The plot's box in the picture's own units, 320 by 188. */
export const plot = { left: 0, right: 288, top: 24, bottom: 160 } as const;

interface BurnupGeometry {
  readonly ready: readonly Point[];
  readonly scope: readonly Point[];
  /** Last point, then the two corners of the forecast; null where there is none. */
  readonly fan: readonly [Point, Point, Point] | null;
  readonly targetX: number;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly dates: readonly {
    readonly atMs: number;
    readonly x: number;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
  readonly scopeY: number;
}

/** Lays out the burn-up: time to the right, ready and all blockers as steps, the target one upright. Pure. */
export function burnupGeometry(burnup: Burnup, nowMs: number): BurnupGeometry | null {
  const points = burnup.points.map((point) => ({ ...point, atMs: Date.parse(point.at) }));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const targetMs = Date.parse(burnup.targetAt);
  const forecast = burnup.forecast && {
    earliestMs: Date.parse(burnup.forecast.earliestAt),
    latestMs: Date.parse(burnup.forecast.latestAt),
  };
  const ends = Math.max(targetMs, nowMs, forecast?.earliestMs ?? 0);
  const spanMs = Math.max(ends - first.atMs, 1) * 1.06;
  const most = Math.max(...points.map(({ scope }) => scope), 1);
  const x = (ms: number): number => tenth(Math.min(plot.right, (plot.right * (ms - first.atMs)) / spanMs));
  const y = (count: number): number => tenth(plot.bottom - ((plot.bottom - plot.top) * count) / most);
  const steps = (value: (point: (typeof points)[number]) => number): Point[] => {
    const laid = points.flatMap((point, at): Point[] => {
      const before = points[at - 1];
      const corner: Point[] = before ? [[x(point.atMs), y(value(before))]] : [];
      return [...corner, [x(point.atMs), y(value(point))]];
    });
    return [...laid, [x(Math.max(nowMs, last.atMs)), y(value(last))]];
  };
  const nowX = x(Math.max(nowMs, last.atMs));
  const fan: BurnupGeometry['fan'] = forecast
    ? [
        [nowX, y(last.ready)],
        [x(forecast.earliestMs), y(last.scope)],
        [x(forecast.latestMs), y(last.scope)],
      ]
    : null;
  const targetX = x(targetMs);
  const scopeEnd: Point = [plot.right, y(last.scope)];
  return {
    ready: steps(({ ready }) => ready),
    scope: [...steps(({ scope }) => scope), scopeEnd],
    fan,
    targetX,
    ticks: ticksOf(most, last.scope, y),
    dates: datesOf(
      [
        { atMs: first.atMs, x: 0 },
        { atMs: nowMs, x: nowX },
        { atMs: targetMs, x: targetX },
      ],
      targetX,
    ),
    scopeY: y(last.scope),
  };
}

function ticksOf(most: number, scope: number, y: (count: number) => number): BurnupGeometry['ticks'] {
  return axisTicks(0, most)
    .filter((value) => Number.isInteger(value) && value <= most && Math.abs(y(value) - y(scope)) > 11)
    .map((value) => ({ value, y: y(value) }));
}

/** Room that a date's text takes, in the picture's units. */
const dateWidth = 46;

/** The target's date stands; the others only where they do not touch one that stands. */
function datesOf(
  wanted: readonly { readonly atMs: number; readonly x: number }[],
  targetX: number,
): BurnupGeometry['dates'] {
  const kept: { atMs: number; x: number; anchor: 'start' | 'middle' | 'end' }[] = [];
  for (const { atMs, x } of [...wanted].reverse()) {
    const anchor = x < dateWidth / 2 ? 'start' : x > plot.right - dateWidth / 2 ? 'end' : 'middle';
    const apart = (other: { x: number }): boolean => Math.abs(other.x - x) >= dateWidth;
    if (x === targetX || kept.every(apart)) kept.push({ atMs, x, anchor });
  }
  return kept.reverse();
}
