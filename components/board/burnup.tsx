'use client';

import { Fold } from '#components/frame/fold.tsx';
import { pathOf } from '#components/picture/line.ts';
import { useZone } from '#components/time/clock.ts';
import { formatDay } from '#components/time/format.ts';
import type { BoardView, Burnup as BurnupData } from '#lib/domain/view.ts';
import { burnupGeometry, plot } from './burnup-geometry.ts';

/** Ready blockers against all of them, and the target: thick is ready, thin is scope, the fan is the forecast. */
export function Burnup({ board }: { readonly board: BoardView }) {
  const { at } = board;
  const burnup = upToNow(board);
  const zone = useZone();
  const day = (instant: string | number) =>
    formatDay(typeof instant === 'string' ? Date.parse(instant) : instant, zone);
  const { forecast, targetAt } = burnup;
  const last = burnup.points.at(-1);
  const end = forecast
    ? forecastText(day(forecast.earliestAt), day(forecast.latestAt))
    : 'Too early to forecast';
  const geometry = burnupGeometry(burnup, Date.parse(at));
  if (!geometry || !last) {
    return (
      <Fold title="Blockers ready" className="burnup" end={end}>
        <p className="text-ink-2">The line begins when all checks have been looked at once.</p>
      </Fold>
    );
  }
  const label = `Burn-up: ${last.ready} of ${last.scope} blockers ready on ${day(at)}. ${end}. Target ${day(targetAt)}.`;
  const dot = geometry.ready.at(-1) ?? [0, 0];
  const isRight = dot[0] > 180;
  const isHigh = dot[1] < 44;
  return (
    <Fold title="Blockers ready" className="burnup" end={end}>
      <svg viewBox="0 0 320 188" role="img" aria-label={label}>
        <Axis geometry={geometry} scope={last.scope} />
        {geometry.fan ? <Fan of={geometry.fan} /> : null}
        <path d={pathOf(geometry.scope)} fill="none" stroke="var(--color-chart-soft)" strokeWidth="1.2" />
        <path
          d={pathOf(geometry.ready)}
          fill="none"
          stroke="var(--color-ink)"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        <circle cx={dot[0]} cy={dot[1]} r="3.5" fill="var(--color-ink)" />
        <text
          x={dot[0] + (isRight ? -7 : 7)}
          y={dot[1] + (isHigh ? 18 : 14)}
          textAnchor={isRight ? 'end' : 'start'}
          className="burnup-now"
        >
          {last.ready} now
        </text>
        <path d={`M${geometry.targetX} 16V${plot.bottom}`} stroke="var(--color-ink)" strokeWidth="1.2" />
        <text x={geometry.targetX - 5} y="12" textAnchor="end" className="burnup-now">
          Target {day(targetAt)}
        </text>
        {geometry.dates.map(({ atMs, x, anchor }) => (
          <text key={`${atMs} ${x}`} x={x} y="176" textAnchor={anchor} className="burnup-axis">
            {day(atMs)}
          </text>
        ))}
      </svg>
    </Fold>
  );
}

/** The line ends at what the board says now, which may be newer than its last kept point. */
function upToNow({ burnup, readiness, at }: BoardView): BurnupData {
  if (burnup.points.length === 0) return burnup;
  return { ...burnup, points: [...burnup.points, { at, ready: readiness.ready, scope: readiness.blockers }] };
}

function forecastText(earliest: string, latest: string): string {
  return earliest === latest ? `Forecast ${earliest}` : `Forecast ${earliest} to ${latest}`;
}

type Geometry = NonNullable<ReturnType<typeof burnupGeometry>>;

function Axis({ geometry, scope }: { readonly geometry: Geometry; readonly scope: number }) {
  return (
    <>
      {geometry.ticks.map(({ value, y }) => (
        <g key={value}>
          <path
            d={`M0 ${y}H${plot.right}`}
            stroke={value === 0 ? 'var(--color-chart-soft)' : 'var(--color-line)'}
          />
          <text x="296" y={y + 4} className="burnup-axis">
            {value}
          </text>
        </g>
      ))}
      <text x="296" y={geometry.scopeY + 4} className="burnup-now">
        {scope}
      </text>
    </>
  );
}

function Fan({ of: [now, earliest, latest] }: { readonly of: NonNullable<Geometry['fan']> }) {
  return (
    <>
      <path d={`${pathOf([now, earliest, latest])}Z`} fill="var(--color-chart-fill)" />
      <path
        d={`${pathOf([now, earliest])}${pathOf([now, latest])}`}
        fill="none"
        stroke="var(--color-chart-soft)"
        strokeDasharray="3 3"
      />
    </>
  );
}
