import { dataAtEnd } from '#lib/domain/observations/data-at-end.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Question } from '#lib/domain/question.ts';
import { referred, variableReference } from './variable-reference.ts';

type Asked<A extends Question['ask']> = Extract<Question, { ask: A }>;

const points = 120;
/** What Grafana's data source takes for the scrape interval where nobody set it: its own default. */
const scrapeSeconds = 15;
const mostSeries = 20;
/** Of an instant, where each has one point. */
const mostAtInstant = 500;

/**
 * A panel's query as Prometheus itself is asked it, over the range and step with which Grafana is, with Grafana's own
 * variables filled in: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */
export function straightQuestion(
  { expr, instant, rangeMs }: Pick<Asked<'panel-data'>, 'expr' | 'instant' | 'rangeMs'>,
  source: string,
): Asked<'promql'> {
  const stepMs = Math.max(1000, Math.trunc(rangeMs / points));
  const filled = withGrafanasOwn(expr, rangeMs, stepMs);
  return { ask: 'promql', source, expr: filled, range: instant ? null : { rangeMs, stepMs } };
}

function withGrafanasOwn(expr: string, rangeMs: number, stepMs: number): string {
  const stepSeconds = Math.trunc(stepMs / 1000);
  const rangeSeconds = Math.trunc(rangeMs / 1000);
  const values: Readonly<Record<string, string>> = {
    __interval: `${stepSeconds}s`,
    __interval_ms: String(stepMs),
    __rate_interval: `${Math.max(stepSeconds + scrapeSeconds, 4 * scrapeSeconds)}s`,
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(rangeMs),
  };
  return expr.replace(
    variableReference('g'),
    (whole, ...rest) => values[referred(rest.at(-1)).name] ?? whole,
  );
}

/** What Prometheus answered, as Grafana would have told it. */
export function straightData({ series, range }: PromqlAnswer): PanelDataSeen {
  const read = series
    .filter(({ points: all }) => all.length > 0)
    .map(({ labels, points: all }) => {
      const numbers = all.flatMap(([at, text]): [number, number][] => {
        const value = Number(text);
        return Number.isFinite(value) ? [[at, value]] : [];
      });
      const lastNumberAt = numbers.at(-1)?.[0] ?? null;
      return { labels, points: numbers, lastNumberAt, lastValueAt: all.at(-1)?.[0] ?? null };
    });
  return {
    seriesWithData: read.length,
    notNumberSeries: read.filter(({ points: numbers }) => numbers.length === 0).length,
    atEnd:
      range === null
        ? null
        : dataAtEnd(read, { endSeconds: range.toSeconds, stepMs: range.stepSeconds * 1000 }),
    series: read
      .slice(0, range ? mostSeries : mostAtInstant)
      .map(({ labels, points: numbers }) => ({ labels, points: numbers.slice(-points) })),
    error: null,
  };
}
