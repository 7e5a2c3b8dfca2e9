import { dataAtEnd, type QueriedRange, type SeriesEnd } from '#lib/domain/observations/data-at-end.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Frame, QueryData } from './shapes.ts';

type Answer = QueryData['results'][string];
type Series = PanelDataSeen['series'][number];

const mostSeries = 20;
/** Of an instant, where each has one point. */
const mostAtInstant = 500;
const mostPoints = 120;

/**
 * What one query's frames hold; `range` null for a query of an instant. A field of numbers is a series; JSON has no NaN and no infinities, so Grafana writes
 * null and names their places in `entities`
 * (https://grafana.com/developers/dataplane/, the data plane's JSON of frames).
 */
export function readFrames(answer: Answer, range: QueriedRange | null): PanelDataSeen {
  if (answer.error !== undefined && answer.error !== '') {
    return {
      seriesWithData: 0,
      notNumberSeries: 0,
      series: [],
      error: answer.error.slice(0, 300).toWellFormed(),
    };
  }
  const all = (answer.frames ?? []).flatMap(seriesIn);
  const withData = all.filter(({ values }) => values > 0);
  return {
    seriesWithData: withData.length,
    notNumberSeries: withData.filter(({ series }) => series.points.length === 0).length,
    atEnd: range && dataAtEnd(withData, range),
    series: withData.slice(0, range ? mostSeries : mostAtInstant).map(({ series }) => thinned(series)),
    error: null,
  };
}

function seriesIn({
  schema,
  data,
}: Frame): readonly (SeriesEnd & { readonly series: Series; readonly values: number })[] {
  const fields = schema?.fields ?? [];
  const columns = data?.values ?? [];
  const timeAt = fields.findIndex(({ type }) => type === 'time');
  const times = columns[timeAt] ?? [];
  return fields.flatMap(({ type, labels }, index) => {
    if (type !== 'number') return [];
    const entities = data?.entities?.[index];
    const points = (columns[index] ?? []).flatMap((value, row): [number, number][] => {
      const at = times[row];
      const seconds = typeof at === 'number' ? at / 1000 : 0;
      return typeof value === 'number' && Number.isFinite(value) ? [[seconds, value]] : [];
    });
    const rows = [...(entities?.NaN ?? []), ...(entities?.Inf ?? []), ...(entities?.NegInf ?? [])];
    const lastOdd = times[Math.max(-1, ...rows)];
    const lastNumberAt = points.at(-1)?.[0] ?? null;
    const lastValueAt = Math.max(lastNumberAt ?? 0, typeof lastOdd === 'number' ? lastOdd / 1000 : 0) || null;
    return [
      {
        series: { labels: labels ?? {}, points },
        values: points.length + rows.length,
        lastValueAt,
        lastNumberAt,
      },
    ];
  });
}

/** Evenly taken, the last always among them. */
function thinned({ labels, points }: Series): Series {
  if (points.length <= mostPoints) return { labels, points };
  const step = (points.length - 1) / (mostPoints - 1);
  const kept = Array.from({ length: mostPoints }, (_, at) => points[Math.round(at * step)]);
  return { labels, points: kept.filter((point) => point !== undefined) };
}
