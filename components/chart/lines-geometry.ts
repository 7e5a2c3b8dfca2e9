import { type Box, layTimed, type Point, pathOf, tenth } from '#components/picture/line.ts';
import { axisTicks } from './number.ts';

/** [epoch seconds, value]; null is a gap. */
export type LinePoints = readonly (readonly [number, number | null])[];

interface Bound<Word extends string = string> {
  readonly word: Word;
  readonly value: number;
}

export interface LinesGeometry<Word extends string = string> {
  readonly paths: readonly string[];
  /** Heights of the names at the lines' ends, apart from each other; percent from the top. */
  readonly names: readonly number[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly bounds: readonly (Bound<Word> & {
    readonly y: number;
    /** Its word stands below its line: above it stands another. */
    readonly isBelow: boolean;
  })[];
  /** Bounds so far above the lines that drawing them would flatten these. */
  readonly above: readonly Bound<Word>[];
  /** Where the lines end, percent from the left; null at the end. */
  readonly endX: number | null;
}

/** The plot in hundredths: it stretches to its place. */
const box: Box = { left: 0, top: 0, width: 100, height: 100 };
/** A bound more than so many times above the greatest value is told in words and not drawn. */
const far = 12;
/** Room that a name takes, percent of the plot's height. */
const nameRoom = 13;

/** Lays out lines between two instants, from 0 (or the least) up, with their bounds where these fit. Pure. */
export function linesGeometry<Word extends string>(
  lines: readonly LinePoints[],
  bounds: readonly Bound<Word>[],
  range: { readonly from: number; readonly to: number },
  endedAt: number | null,
): LinesGeometry<Word> {
  const values = lines.flat().flatMap(([, value]) => value ?? []);
  const low = Math.min(0, ...values);
  const top = Math.max(...values, low);
  const fits = ({ value }: Bound): boolean => top <= 0 || value <= far * top;
  const drawn = bounds.filter(fits);
  const ticks = axisTicks(low, Math.max(top, ...drawn.map(({ value }) => value * 1.08), low + 1e-9));
  const space = { ...range, low: ticks[0] ?? low, high: ticks.at(-1) ?? 1 };
  const y = (value: number): number => tenth(layTimed([[range.to, value]], space, box)[0]?.[1] ?? 0);
  const ends = lines.map((points) => y(points.findLast(([, value]) => value !== null)?.[1] ?? 0));
  return {
    paths: lines.map((points) =>
      stretches(points, (range.to - range.from) / 100)
        .map((one) => pathOf(layTimed(one, space, box)))
        .join(''),
    ),
    names: apart(ends.map((end) => end - nameRoom)),
    ticks: ticks.map((value) => ({ value, y: y(value) })),
    bounds: drawn.map((bound) => {
      const above = drawn.some(
        (other) => other.value > bound.value && y(bound.value) - y(other.value) < nameRoom,
      );
      return { ...bound, y: y(bound.value), isBelow: above };
    }),
    above: bounds.filter((bound) => !fits(bound)),
    endX: endedAt === null ? null : tenth(layTimed([[endedAt, 0]], space, box)[0]?.[0] ?? 100),
  };
}

/** The parts of a line between its gaps; a lone sample is drawn as a dash of so many seconds, which ends at it. */
function stretches(points: LinePoints, dash: number): readonly (readonly Point[])[] {
  const found: Point[][] = [[]];
  for (const [at, value] of points) {
    if (value === null) found.push([]);
    else found.at(-1)?.push([at, value]);
  }
  return found
    .filter((one) => one.length > 0)
    .map((one) =>
      one.length > 1
        ? one
        : one.flatMap(([at, value]): Point[] => [
            [at - dash, value],
            [at, value],
          ]),
    );
}

/** Pushes names that would touch apart, upwards from the lowest and then down from the top. */
function apart(wanted: readonly number[]): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[b] ?? 0) - (wanted[a] ?? 0));
  const placed = [...wanted];
  let limit = 100 - nameRoom;
  for (const index of order) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - nameRoom;
  }
  let least = 0;
  for (const index of order.toReversed()) {
    placed[index] = Math.max(placed[index] ?? 0, least);
    least = (placed[index] ?? 0) + nameRoom;
  }
  return placed.map(tenth);
}
