import { Matrix } from './matrix.ts';
import type { Point, Series } from './series.ts';

export type SamplesRead =
  | {
      readonly ok: true;
      readonly resultType: 'vector' | 'scalar' | 'matrix' | 'string';
      readonly series: readonly Series[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * The samples in `data` of a query's answer. Written by hand, since an answer holds a sample for each series and
 * scrape of the window: anything of another shape is refused with where it stands.
 */
export function readSamples(data: unknown): SamplesRead {
  if (data instanceof Matrix) return { ok: true, resultType: 'matrix', series: data.series };
  if (!isObject(data)) return refuse('has no data');
  const { resultType, result } = data;
  if (resultType === 'scalar' || resultType === 'string') {
    return isPoint(result)
      ? { ok: true, resultType, series: [seriesOf({}, [result], [])] }
      : refuse(`has a ${resultType} without time and value`);
  }
  if (resultType !== 'vector' && resultType !== 'matrix')
    return refuse('has a result of a kind that is not known');
  if (!Array.isArray(result)) return refuse('has a result that is no list');
  const series: Series[] = [];
  for (const item of result) {
    const read = readSeries(item, resultType);
    if (typeof read === 'string') return refuse(`has ${read} in series ${series.length + 1}`);
    if (read !== null) series.push(read);
  }
  return { ok: true, resultType, series };
}

function readSeries(item: unknown, resultType: 'vector' | 'matrix'): Series | null | string {
  if (!isObject(item) || !isObject(item.metric)) return 'no labels';
  for (const name in item.metric) {
    if (typeof item.metric[name] !== 'string') return 'a label that is no text';
  }
  const one = resultType === 'vector';
  const points = one ? (item.value === undefined ? [] : [item.value]) : (item.values ?? []);
  const histograms = one ? (item.histogram === undefined ? [] : [item.histogram]) : (item.histograms ?? []);
  if (!Array.isArray(points) || !points.every(isPoint)) return 'a sample that is not a time and a text';
  if (!Array.isArray(histograms) || !histograms.every(isHistogram))
    return 'a histogram without count and sum';
  if (points.length === 0 && histograms.length === 0) return null;
  return seriesOf(item.metric as Record<string, string>, points, histograms);
}

type HistogramPoint = readonly [number, { readonly count: string; readonly sum: string }];

/** A native histogram stands by its count, which is what there is to draw and to compare. */
function seriesOf(
  metric: Readonly<Record<string, string>>,
  points: readonly Point[],
  histograms: readonly HistogramPoint[],
): Series {
  const { __name__: name = '', ...labels } = metric;
  const lastFloat = points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const lastNative = histograms.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const native = lastNative >= lastFloat && histograms.length > 0;
  const shown = native ? histograms.map(([at, { count }]) => [at, count] as const) : points;
  return {
    name,
    labels,
    points: shown,
    native,
    lastAt: Math.max(lastFloat, lastNative),
    lastText: shown.at(-1)?.[1] ?? '',
    line: (mostPoints) => lineOf(shown, mostPoints),
  };
}

function lineOf(points: readonly Point[], mostPoints: number): readonly (readonly [number, number])[] {
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  return points
    .filter(([, text], index) => (points.length - 1 - index) % every === 0 && Number.isFinite(Number(text)))
    .map(([at, text]) => [at, Number(text)] as const);
}

function isPoint(value: unknown): value is Point {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'
  );
}

function isHistogram(value: unknown): value is HistogramPoint {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== 'number') return false;
  const [, histogram] = value;
  return isObject(histogram) && typeof histogram.count === 'string' && typeof histogram.sum === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(words: string): SamplesRead {
  return { ok: false, message: words };
}
