/** A point of a picture: x and y in its own units. */
export type Point = readonly [number, number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An SVG path through points, to a tenth of a unit. */
export function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}

/** To a tenth: enough for a screen, and the same text on server and browser. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Lays values into a box: x by index, y by value, the least at the bottom. A flat line runs through the middle. */
export function lay(values: readonly number[], box: Box): Point[] {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  return values.map((value, at) => [
    box.left + at * step,
    span === 0 ? box.top + box.height / 2 : box.top + box.height * (1 - (value - low) / span),
  ]);
}

/** Lays timed values into a box between two instants and from 0 (or the least) to `top`. */
export function layTimed(
  points: readonly (readonly [number, number])[],
  range: { readonly from: number; readonly to: number; readonly low: number; readonly high: number },
  box: Box,
): Point[] {
  const width = Math.max(range.to - range.from, 1e-9);
  const height = Math.max(range.high - range.low, 1e-9);
  return points.map(([at, value]) => [
    box.left + (box.width * (at - range.from)) / width,
    box.top + box.height * (1 - (value - range.low) / height),
  ]);
}

/** At most `most` values, evenly taken, first and last always among them. */
export function thin<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values;
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => values[Math.round(at * step)]).filter(
    (value): value is T => value !== undefined,
  );
}
