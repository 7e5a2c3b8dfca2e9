import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { PanelBound, PanelPreview, PanelSeries } from '#lib/domain/kit-view.ts';
import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
import { panelQueryLabel, quietQuery, seriesName } from './panel-question.ts';

/** Lines drawn of one panel; the rest is counted. */
const mostLines = 3;
/** Rows of a table, tiles of numbers. */
const mostRows = 12;

export type Drawing = Pick<
  PanelPreview,
  'state' | 'quiet' | 'says' | 'range' | 'series' | 'others' | 'endedAt'
>;

/** What to draw of a panel's answer to `panelQuestion`. `over` says the time asked for, in words. Pure. */
export function drawPanel(
  panel: PanelSpec,
  answer: PromqlAnswer,
  bounds: readonly PanelBound[],
  side: ThresholdSpec['side'],
  over: string,
): Drawing {
  const range = answer.range && {
    from: answer.range.fromSeconds,
    to: answer.range.toSeconds,
    step: answer.range.stepSeconds,
  };
  const own = answer.series.filter(({ labels }) => labels[panelQueryLabel] !== quietQuery);
  const drawn = own.flatMap((one) => seriesOf(one, panel, range, bounds, side) ?? []);
  const sorted = drawn.sort((one, other) => other.last - one.last);
  const quiet = answer.series.some(
    (one) => one.labels[panelQueryLabel] === quietQuery && holdsNow(one, range),
  );
  const most = panel.type === 'timeseries' || panel.type === 'heatmap' ? mostLines : mostRows;
  if (sorted.length > 0) {
    const says = `${sorted.length} series`;
    const others = Math.max(0, sorted.length - most);
    const endedAt = range ? endOf(sorted, range) : null;
    return { state: 'data', quiet, says, range, series: sorted.slice(0, most), others, endedAt };
  }
  const none = { quiet, range, series: [], others: 0, endedAt: null } as const;
  if (quiet) return { state: 'quiet', says: 'Quiet: nothing happened, so no data is right', ...none };
  const nonumber = own.length > 0 ? 'No number' : 'No data';
  return { state: 'no-data', says: `${nonumber} ${range ? `over ${over}` : 'now'}`, ...none };
}

/** Two steps without a number are no chance. */
function endOf(series: readonly PanelSeries[], { to, step }: NonNullable<Drawing['range']>): number | null {
  const newest = Math.max(
    ...series.map(({ points }) => points.findLast(([, value]) => value !== null)?.[0] ?? 0),
  );
  return to - newest > 2.5 * step ? newest : null;
}

type Answered = PromqlAnswer['series'][number];

/** Null for a series without a single number. */
function seriesOf(
  { labels, points }: Answered,
  panel: PanelSpec,
  range: Drawing['range'],
  bounds: readonly PanelBound[],
  side: ThresholdSpec['side'],
): PanelSeries | null {
  const numbers = points.map(([at, text]) => [at, numberOf(text)] as const);
  const last = numbers.findLast(([, value]) => value !== null)?.[1] ?? null;
  if (last === null) return null;
  const legend = panel.queries[Number(labels[panelQueryLabel])]?.legend ?? null;
  const worst = bounds.filter(({ value }) => (side === 'above' ? last >= value : last <= value)).at(-1);
  return {
    name: seriesName(legend, labels, panel.title),
    points: range ? withGaps(numbers, range.step) : numbers,
    last,
    beyond: worst?.word ?? null,
  };
}

/** A step without a sample is a gap: no line is drawn through it. */
function withGaps(points: PanelSeries['points'], step: number): PanelSeries['points'] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && point[0] - before[0] > 1.5 * step ? [[before[0] + step, null], point] : [point];
  });
}

function holdsNow({ points }: Answered, range: Drawing['range']): boolean {
  const last = points.at(-1);
  return last !== undefined && (range === null || range.to - last[0] < range.step);
}

/** Prometheus writes infinities and NaN as words: they are no numbers to draw. */
function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}
