import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { MetricType } from '#lib/domain/spec.ts';
import type { Sighting } from './look.ts';
import type { Series } from './series.ts';
import type { MetricQuestion } from './window.ts';

type Find = (name: string) => readonly Sighting[];

/** The series that speak for a metric: in which form it was found, and which of its series are live. */
export interface Found {
  readonly form: MetricSeen['form'];
  readonly live: readonly Series[];
  /** Not in their target's newest scrape. */
  readonly gone: readonly Series[];
  /** Without a fresh sample. */
  readonly stale: readonly Series[];
}

/** Finds a metric under its own name, or, as its declared type has it, under a histogram's or summary's suffixes. */
export function findMetric(question: MetricQuestion, find: Find): Found {
  const own = split(question, find(question.name));
  if (question.type !== 'histogram' && question.type !== 'summary') {
    return { ...own, form: formOfOwn(own.live) };
  }
  const count = split(question, find(`${question.name}_count`));
  const bucket = split(question, find(`${question.name}_bucket`));
  const form = formOfOwn(own.live);
  if (form === 'native-histogram') return { ...own, form };
  if (bucket.live.length > 0)
    return { ...(count.live.length > 0 ? count : bucket), form: 'classic-histogram' };
  if (count.live.length > 0) return { ...count, form: 'summary' };
  if (own.live.length > 0) return { ...own, form };
  return {
    form: null,
    live: [],
    gone: [...own.gone, ...count.gone],
    stale: [...own.stale, ...count.stale],
  };
}

/**
 * Finds a metric of no declared type, absent under its own name, under the suffixes of a histogram or summary. Without
 * metadata that says so, `_count` alone may be a metric of its own: then `_sum` must stand beside it.
 */
export function findUnderSuffixes(
  question: MetricQuestion,
  types: readonly MetricType[],
  find: Find,
): Found | null {
  const count = split(question, find(`${question.name}_count`));
  const sum = split(question, find(`${question.name}_sum`));
  const told = types.includes('histogram') || types.includes('summary');
  if (count.live.length === 0)
    return told && count.gone.length + count.stale.length > 0 ? { ...count, form: null } : null;
  if (!told && sum.live.length === 0) return null;
  const summary = types.includes('summary') && !types.includes('histogram');
  return { ...count, form: summary ? 'summary' : 'classic-histogram' };
}

/** What is kept of the series found, as far as a window tells it. */
export function summaryOf(
  found: Found,
): Pick<
  MetricSeen,
  | 'form'
  | 'liveSeries'
  | 'goneSeries'
  | 'staleSeries'
  | 'notNumberSeries'
  | 'labels'
  | 'samples'
  | 'line'
  | 'lastSampleAt'
> {
  const { live, gone, stale } = found;
  const lastAt = [...live, ...gone, ...stale].reduce((latest, series) => Math.max(latest, series.lastAt), 0);
  return {
    form: found.form,
    liveSeries: live.length,
    goneSeries: gone.length,
    staleSeries: stale.length,
    notNumberSeries: live.filter((series) => !Number.isFinite(Number(series.lastText))).length,
    labels: labelsOf(live),
    samples: live.slice(0, 20).map((series) => ({
      labels: series.labels,
      value: series.lastText,
      at: isoOf(series.lastAt),
    })),
    line: live[0]?.line(mostPoints) ?? [],
    lastSampleAt: lastAt === 0 ? null : isoOf(lastAt),
  };
}

/** All samples of one scrape share one time, so that the text of the last one asked for is mostly asked for again. */
let lastIso = { seconds: Number.NaN, text: '' };

/** Prometheus gives epoch seconds with milliseconds behind the point. */
export function isoOf(seconds: number): string {
  if (seconds !== lastIso.seconds)
    lastIso = { seconds, text: new Date(Math.round(seconds * 1000)).toISOString() };
  return lastIso.text;
}

function split(question: MetricQuestion, sightings: readonly Sighting[]): Omit<Found, 'form'> {
  const found = { live: [] as Series[], gone: [] as Series[], stale: [] as Series[] };
  for (const { series, stateFor } of sightings) {
    if (question.job !== null && series.labels.job !== question.job) continue;
    found[stateFor(question.freshWithinMs)].push(series);
  }
  return found;
}

function formOfOwn(live: readonly Series[]): MetricSeen['form'] {
  if (live.length === 0) return null;
  if (live.some(({ native }) => native)) return 'native-histogram';
  return live.every(({ labels }) => Object.hasOwn(labels, 'quantile')) ? 'summary' : 'plain';
}

const mostValues = 500;

function labelsOf(live: readonly Series[]): MetricSeen['labels'] {
  const values = new Map<string, Set<string>>();
  const carriers = new Map<string, number>();
  for (const { labels } of live) {
    for (const name in labels) {
      const value = labels[name] ?? '';
      const known = values.get(name);
      if (known) known.add(value);
      else values.set(name, new Set([value]));
      carriers.set(name, (carriers.get(name) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    [...values].map(([name, set]) => [
      name,
      { values: [...set].sort().slice(0, mostValues), without: live.length - (carriers.get(name) ?? 0) },
    ]),
  );
}

const mostPoints = 40;
