import { type NodeMetric, nodeMetrics } from './metrics.ts';
import type { NodeState } from './state.ts';

/** What has added up so far: counters by metric, a number a series; histograms by metric, their cumulative buckets. */
export interface Simulation {
  readonly seconds: number;
  readonly counters: ReadonlyMap<string, readonly number[]>;
  readonly histograms: ReadonlyMap<string, Buckets>;
}

interface Buckets {
  /** Of each bound, how many were at or under it; then all. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Steps are at most this long, so that a long pause between scrapes is not taken at one value. */
const longestStepS = 5;
/** Of an exponential distribution: its 95th percentile over its mean. */
const p95OfMean = Math.log(20);

/** A node whose metrics have just been reset to where it stood. */
export function beginSimulation(): Simulation {
  const counters = new Map<string, readonly number[]>();
  const histograms = new Map<string, Buckets>();
  for (const metric of nodeMetrics) {
    if (metric.type === 'counter')
      counters.set(
        metric.name,
        metric.series.map(({ from }) => from),
      );
    if (metric.type === 'histogram')
      histograms.set(metric.name, { counts: Array(metric.buckets.length + 1).fill(0), sum: 0 });
  }
  return { seconds: 0, counters, histograms };
}

/** The node so many seconds later, in a state. Pure: the same steps give the same numbers. */
export function advance(simulation: Simulation, seconds: number, state: NodeState): Simulation {
  let now = simulation;
  for (let left = Math.max(0, seconds); left > 0; left -= longestStepS)
    now = step(now, Math.min(left, longestStepS), state);
  return now;
}

function step(simulation: Simulation, lengthS: number, state: NodeState): Simulation {
  const seconds = simulation.seconds + lengthS;
  const counters = new Map<string, readonly number[]>();
  const histograms = new Map<string, Buckets>();
  for (const metric of nodeMetrics) {
    // What the node does not emit does not add up.
    const emits = !state.missing.includes(metric.name);
    if (metric.type === 'counter') {
      const before = simulation.counters.get(metric.name) ?? [];
      counters.set(
        metric.name,
        metric.series.map(
          ({ perSecond }, index) => (before[index] ?? 0) + (emits ? perSecond(seconds, state) * lengthS : 0),
        ),
      );
    }
    if (metric.type === 'histogram') {
      const before = simulation.histograms.get(metric.name) ?? { counts: [], sum: 0 };
      histograms.set(metric.name, emits ? observe(metric, before, seconds, lengthS, state) : before);
    }
  }
  return { seconds, counters, histograms };
}

function observe(
  metric: Extract<NodeMetric, { type: 'histogram' }>,
  before: Buckets,
  seconds: number,
  lengthS: number,
  state: NodeState,
): Buckets {
  const mean = metric.p95(seconds, state) / p95OfMean;
  const observed = metric.perSecond * lengthS;
  const bounds = [...metric.buckets, Number.POSITIVE_INFINITY];
  return {
    counts: bounds.map(
      (bound, index) => (before.counts[index] ?? 0) + observed * (1 - Math.exp(-bound / mean)),
    ),
    sum: before.sum + observed * mean,
  };
}

/**
 * What `/metrics` shows, in Prometheus's text format 0.0.4: HELP, TYPE, then the series. A counter without its first
 * event has its TYPE and no series, as client libraries do it. Counts are whole.
 */
export function expose(simulation: Simulation, state: NodeState): string {
  const lines: string[] = [];
  for (const metric of nodeMetrics) {
    if (state.missing.includes(metric.name)) continue;
    lines.push(`# HELP ${metric.name} ${metric.help}`, `# TYPE ${metric.name} ${metric.type}`);
    lines.push(...seriesOf(metric, simulation, state));
  }
  return `${lines.join('\n')}\n`;
}

function seriesOf(metric: NodeMetric, simulation: Simulation, state: NodeState): string[] {
  switch (metric.type) {
    case 'counter': {
      const values = simulation.counters.get(metric.name) ?? [];
      return metric.series.map(({ labels }, index) =>
        line(metric.name, labels, Math.floor(values[index] ?? 0)),
      );
    }
    case 'gauge':
      return metric.series.map(({ labels, value }) =>
        line(metric.name, labels, value(simulation.seconds, state)),
      );
    case 'histogram': {
      const { counts, sum } = simulation.histograms.get(metric.name) ?? { counts: [], sum: 0 };
      const bounds = [...metric.buckets.map(le), '+Inf'];
      const all = Math.floor(counts.at(-1) ?? 0);
      return [
        ...bounds.map((bound, index) =>
          line(`${metric.name}_bucket`, { le: bound }, Math.floor(counts[index] ?? 0)),
        ),
        line(`${metric.name}_sum`, {}, Math.round(sum * 1000) / 1000),
        line(`${metric.name}_count`, {}, all),
      ];
    }
  }
}

/** As OpenMetrics writes it, and as Prometheus 3 stores it: "1.0". Otherwise history and scrapes would be two series. */
function le(bound: number): string {
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${value}`;
}
