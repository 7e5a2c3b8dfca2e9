'use client';

import { type Box, layTimed, pathOf, tenth, thin } from '#components/picture/line.ts';
import { useZone } from '#components/time/clock.ts';
import { axisTime } from './axis-time.ts';
import { axisTicks, formatNumber } from './number.ts';

interface Props {
  readonly name: string;
  /** [epoch seconds, value] */
  readonly points: readonly (readonly [number, number])[];
  readonly limit: number | null;
  /** Since when the source has been silent (ISO); nothing is drawn from there on. */
  readonly silentSince: string | null;
  /** The instant that the chart ends at (ISO). */
  readonly at: string;
}

/** The plot in hundredths: it stretches to its place, and its words are text of the page, which does not. */
const box: Box = { left: 0, top: 0, width: 100, height: 100 };

/** A series over time, from 0, its limit a dotted line with its word. A silent stretch is violet and empty. */
export function SeriesChart({ name, points, limit, silentSince, at }: Props) {
  const zone = useZone();
  const shown = thin(points, 240);
  const first = shown[0];
  const last = shown.at(-1);
  if (!first || !last) return null;
  const values = shown.map(([, value]) => value);
  const low = Math.min(0, ...values);
  const ticks = axisTicks(low, Math.max(...values, (limit ?? 0) * 1.05, low + 1e-9));
  const to = silentSince ? Math.max(last[0], Date.parse(at) / 1000) : last[0];
  const range = { from: first[0], to, low: ticks[0] ?? low, high: ticks.at(-1) ?? 1 };
  const line = layTimed(shown, range, box);
  const y = (value: number): number => tenth(layTimed([[to, value]], range, box)[0]?.[1] ?? 0);
  const time = axisTime(to - first[0], zone);
  const says = [
    `from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}, last ${formatNumber(last[1])}`,
    ...(limit === null ? [] : [`limit ${formatNumber(limit)}`]),
    ...(silentSince ? ['then silent'] : []),
  ];
  const limitY = limit === null ? null : y(limit);
  const end = silentSince ? Math.min(tenth(line.at(-1)?.[0] ?? 100), 92) : null;
  return (
    <figure className="chart">
      <figcaption>
        <b className="clip font-medium">{name}</b>
        <span className="ml-auto whitespace-nowrap text-ink-2">last {formatNumber(last[1])}</span>
      </figcaption>
      <div className="chart-plot" role="img" aria-label={`${name}: ${says.join(', ')}`}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {end === null ? null : (
            <rect x={end} y="0" width={100 - end} height="100" fill="var(--color-unknown-bg)" />
          )}
          {ticks.map((tick) => (
            <path key={tick} d={`M0 ${y(tick)}H100`} stroke="var(--color-line)" />
          ))}
          <path d="M0 100H100" stroke="var(--color-chart-soft)" />
          {end === null ? null : (
            <path d={`M${end} 0V100`} stroke="var(--color-unknown)" strokeDasharray="3 3" />
          )}
          {limitY === null ? null : (
            <path d={`M0 ${limitY}H100`} stroke="var(--color-fail)" strokeWidth="1.2" strokeDasharray="2 2" />
          )}
          <path
            d={pathOf(line)}
            fill="none"
            stroke="var(--color-chart-line)"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
        </svg>
        {ticks.map((tick) => (
          <span key={tick} className="chart-tick" style={{ top: `${y(tick)}%` }}>
            {formatNumber(tick)}
          </span>
        ))}
        {limitY === null || limit === null ? null : (
          <span className="chart-limit" style={{ top: `${limitY}%` }}>
            limit {formatNumber(limit)}
          </span>
        )}
        {end === null ? null : (
          <span className="chart-silent" style={{ left: `${end}%` }}>
            silent
          </span>
        )}
      </div>
      <p className="chart-times" aria-hidden="true">
        <span>{time(first[0])}</span>
        <span>{time((first[0] + to) / 2)}</span>
        <span>{time(to)}</span>
      </p>
    </figure>
  );
}
