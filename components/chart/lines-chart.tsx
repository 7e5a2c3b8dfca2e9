'use client';

import { useZone } from '#components/time/clock.ts';
import { axisTime } from './axis-time.ts';
import { type LinePoints, linesGeometry } from './lines-geometry.ts';
import { formatNumber } from './number.ts';
import { withUnit } from './unit.ts';

interface Line {
  readonly name: string;
  readonly points: LinePoints;
}

interface Props {
  /** What is drawn, read aloud with its numbers. */
  readonly label: string;
  /** At most three. */
  readonly lines: readonly Line[];
  /** Lines that are not drawn. */
  readonly others: number;
  readonly bounds: readonly { readonly word: keyof typeof boundStrokes; readonly value: number }[];
  /** Of the values, as the spec names it. */
  readonly unit: string | null;
  /** Epoch seconds. */
  readonly range: { readonly from: number; readonly to: number };
  /** Where the lines end early, and the word for it. */
  readonly ended: { readonly at: number; readonly word: string; readonly tone: 'fail' | 'na' } | null;
  /** One line needs no name: the chart has it. */
  readonly named: boolean;
}

const strokes = [
  { stroke: 'var(--color-chart-line)', dash: undefined },
  { stroke: 'var(--color-chart-soft)', dash: undefined },
  { stroke: 'var(--color-chart-soft)', dash: '3 3' },
] as const;
const boundStrokes = {
  warning: { stroke: 'var(--color-stale)', dash: '5 3' },
  critical: { stroke: 'var(--color-fail)', dash: '2 2' },
  /** What Grafana draws in place of the spec's. */
  Grafana: { stroke: 'var(--color-ink-3)', dash: '5 3' },
} as const;

/** Lines over time with their names at their ends and their bounds as lines with word and value. */
export function LinesChart({ label, lines, others, bounds, unit, range, ended, named }: Props) {
  const zone = useZone();
  const laid = linesGeometry(
    lines.map(({ points }) => points),
    bounds,
    range,
    ended?.at ?? null,
  );
  const time = axisTime(range.to - range.from, zone);
  const endX = laid.endX;
  return (
    <div className="lines">
      <div className="chart-plot" role="img" aria-label={label}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {endX === null || !ended ? null : (
            <rect x={endX} width={100 - endX} height="100" fill={`var(--color-${ended.tone}-bg)`} />
          )}
          {laid.ticks.map(({ value, y }) => (
            <path key={value} d={`M0 ${y}H100`} stroke="var(--color-line)" />
          ))}
          <path d="M0 100H100" stroke="var(--color-chart-soft)" />
          {laid.bounds.map(({ word, value, y }) => (
            <path
              key={`${word} ${value}`}
              d={`M0 ${y}H100`}
              stroke={boundStrokes[word].stroke}
              strokeDasharray={boundStrokes[word].dash}
              strokeWidth="1.2"
            />
          ))}
          {laid.paths.map((path, at) => (
            <path
              key={lines[at]?.name ?? at}
              d={path}
              fill="none"
              stroke={strokes[at]?.stroke}
              strokeDasharray={strokes[at]?.dash}
              strokeWidth="1.5"
              strokeLinejoin="round"
            />
          ))}
        </svg>
        {laid.ticks.map(({ value, y }) => (
          <span key={value} className="chart-tick" style={{ top: `${y}%` }}>
            {formatNumber(value)}
          </span>
        ))}
        {laid.bounds.map(({ word, value, y, isBelow }) => (
          <span
            key={`${word} ${value}`}
            className={`chart-bound is-${word}`}
            data-below={isBelow || undefined}
            style={{ top: `${y}%` }}
          >
            {word} {withUnit(value, unit)}
          </span>
        ))}
        {named
          ? lines.map(({ name }, at) => (
              <span key={name} className="chart-name clip" style={{ top: `${laid.names[at] ?? 0}%` }}>
                {name}
              </span>
            ))
          : null}
        {endX === null || !ended ? null : (
          <span className={`chart-ended is-${ended.tone}`} style={{ right: `${Math.min(100 - endX, 70)}%` }}>
            {ended.word} since {time(ended.at)}
          </span>
        )}
      </div>
      <p className="chart-times" aria-hidden="true">
        <span>{time(range.from)}</span>
        <span>{time((range.from + range.to) / 2)}</span>
        <span>{time(range.to)}</span>
      </p>
      {laid.above.length > 0 || others > 0 ? (
        <p className="note">
          {[
            ...(others > 0 ? [`${others} more ${others === 1 ? 'line' : 'lines'}`] : []),
            ...laid.above.map(({ word, value }) => `${word} at ${withUnit(value, unit)}, far above`),
          ].join('; ')}
        </p>
      ) : null}
    </div>
  );
}
