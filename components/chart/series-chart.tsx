'use client';

import { type Box, layTimed, pathOf, tenth, thin } from '#components/picture/line.ts';
import { useZone } from '#components/time/clock.ts';
import { formatClock, formatDay } from '#components/time/format.ts';
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

const box: Box = { left: 0, top: 8, width: 552, height: 120 };
const daySeconds = 86_400;

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
  const high = ticks.at(-1) ?? 1;
  const to = silentSince ? Math.max(last[0], Date.parse(at) / 1000) : last[0];
  const range = { from: first[0], to, low: ticks[0] ?? low, high };
  const line = layTimed(shown, range, box);
  const y = (value: number): number => layTimed([[to, value]], range, box)[0]?.[1] ?? 0;
  const isLong = to - first[0] > daySeconds;
  const time = (second: number): string =>
    isLong ? formatDay(second * 1000, zone) : formatClock(second * 1000, zone);
  const end = line.at(-1)?.[0] ?? box.width;
  const label = `${name}: from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}, last ${formatNumber(last[1])}${limit === null ? '' : `, limit ${formatNumber(limit)}`}${silentSince ? '; silent since' : ''}`;
  return (
    <figure className="chart">
      <figcaption>
        <b className="clip font-medium">{name}</b>
        <span className="ml-auto text-ink-2">{formatNumber(last[1])}</span>
      </figcaption>
      <svg viewBox="0 0 600 152" role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M0 ${tenth(y(tick))}H${box.width}`} stroke="var(--color-line)" />
            <text x="560" y={tenth(y(tick)) + 4} className="chart-axis">
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        {silentSince ? <SilentPart from={end} /> : null}
        {limit === null ? null : (
          <>
            <path
              d={`M0 ${tenth(y(limit))}H${box.width}`}
              stroke="var(--color-fail)"
              strokeWidth="1.2"
              strokeDasharray="2 2"
            />
            <text x="0" y={tenth(y(limit)) - 4} className="chart-limit">
              limit {formatNumber(limit)}
            </text>
          </>
        )}
        <path
          d={pathOf(line)}
          fill="none"
          stroke="var(--color-chart-line)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
        <path d={`M0 ${box.top + box.height}H${box.width}`} stroke="var(--color-chart-soft)" />
        <text x="0" y="146" className="chart-axis">
          {time(first[0])}
        </text>
        <text x={box.width / 2} y="146" textAnchor="middle" className="chart-axis">
          {time((first[0] + to) / 2)}
        </text>
        <text x={box.width} y="146" textAnchor="end" className="chart-axis">
          {time(to)}
        </text>
      </svg>
    </figure>
  );
}

function SilentPart({ from }: { readonly from: number }) {
  const left = tenth(Math.min(from, box.width - 40));
  return (
    <>
      <rect
        x={left}
        y={box.top}
        width={box.width - left}
        height={box.height}
        fill="var(--color-unknown-bg)"
      />
      <path d={`M${left} ${box.top}v${box.height}`} stroke="var(--color-unknown)" strokeDasharray="3 3" />
      <text x={left + 6} y={box.top + 14} className="chart-silent">
        silent
      </text>
    </>
  );
}
