import type { DataAtEnd } from './grafana.ts';

/** The range that a query was asked over, by the clock of who was asked. */
export interface QueriedRange {
  readonly endSeconds: number;
  readonly stepMs: number;
}

/** When a series last had anything, and when last a number; epoch seconds, null for never in the range. */
export interface SeriesEnd {
  readonly lastValueAt: number | null;
  readonly lastNumberAt: number | null;
}

/** As long as Prometheus itself takes a sample for the current one (`--query.lookback-delta`). */
const lookbackMs = 300_000;

/** What series have at the end of the range that they were asked over. */
export function dataAtEnd(series: readonly SeriesEnd[], { endSeconds, stepMs }: QueriedRange): DataAtEnd {
  const sinceSeconds = endSeconds - Math.max(lookbackMs, 2 * stepMs) / 1000;
  const isNow = (at: number | null) => at !== null && at >= sinceSeconds;
  const lastNumberAt = Math.max(0, ...series.map((one) => one.lastNumberAt ?? 0));
  return {
    series: series.filter(({ lastValueAt }) => isNow(lastValueAt)).length,
    numbers: series.filter((one) => isNow(one.lastNumberAt)).length,
    lastNumberMsBefore: lastNumberAt > 0 ? Math.max(0, Math.round((endSeconds - lastNumberAt) * 1000)) : null,
  };
}
