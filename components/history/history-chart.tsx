'use client';

import { axisTime } from '#components/chart/axis-time.ts';
import { useZone } from '#components/time/clock.ts';
import { formatExact } from '#components/time/format.ts';
import type { ChecklistHistory, HistoryPoint } from '#lib/domain/history.ts';
import { countsOf } from './counts.ts';
import { historyGeometry } from './history-geometry.ts';

type Props = Pick<ChecklistHistory, 'points' | 'counted'>;

/** Done is the thick step line, the whole list the thin one; each version says what it changed on hover. */
export function HistoryChart({ points, counted }: Props) {
  const zone = useZone();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const laid = historyGeometry(points);
  const from = Date.parse(first.at) / 1000;
  const to = Math.max(Date.parse(last.at) / 1000, from + 1);
  const time = axisTime(to - from, zone);
  const label = `From ${first.done} of ${first.total} ${counted} to ${last.done} of ${last.total}, in ${points.length} versions. The table below has each.`;
  return (
    <div className="history-chart mt-3">
      <div className="chart-plot" role="img" aria-label={label}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {laid.ticks.map(({ value, y }) => (
            <path key={value} d={`M0 ${y}H100`} stroke="var(--color-line)" />
          ))}
          <path d="M0 100H100" stroke="var(--color-chart-soft)" />
          <path d={laid.total} fill="none" stroke="var(--color-chart-soft)" strokeWidth="1.2" />
          <path d={laid.done} fill="none" stroke="var(--color-ink)" strokeWidth="2" strokeLinejoin="round" />
        </svg>
        {laid.ticks.map(({ value, y }) => (
          <span key={value} className="chart-tick" style={{ top: `${y}%` }}>
            {value}
          </span>
        ))}
        {points.map((point, index) => (
          <i
            key={point.commit}
            className="history-point"
            style={{ left: `${laid.places[index]?.x ?? 0}%`, top: `${laid.places[index]?.y ?? 0}%` }}
            title={titleOf(point, zone)}
            data-unticked={point.unticked > 0 || undefined}
          />
        ))}
        <span className="history-end" style={{ top: `${laid.end.total}%` }}>
          {last.total} in all
        </span>
        {last.done === last.total ? null : (
          <span className="history-end font-semibold text-ink" style={{ top: `${laid.end.done}%` }}>
            {last.done} done
          </span>
        )}
      </div>
      <p className="chart-times" aria-hidden="true">
        <span>{time(from)}</span>
        <span>{time((from + to) / 2)}</span>
        <span>{time(to)}</span>
      </p>
    </div>
  );
}

function titleOf(point: HistoryPoint, zone: string): string {
  const head = `${point.done} of ${point.total}, ${formatExact(point.at, zone)}`;
  return [head, point.subject, countsOf(point)].filter(Boolean).join('\n');
}
