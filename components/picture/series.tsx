import { formatNumber } from '#components/chart/number.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import { Frame } from './frame.tsx';
import { layTimed, pathOf, tenth, thin } from './line.ts';

interface Props {
  readonly points: readonly (readonly [number, number])[];
  readonly limit: number | null;
  readonly silent: boolean;
  readonly state: ItemState;
}

/** A series against its dotted limit; the last sample a dot. Where it is silent, a dashed frame and no bridged line. */
export function Series({ points, limit, silent, state }: Props) {
  const shown = thin(points, 60);
  const first = shown[0];
  const last = shown.at(-1);
  if (!first || !last) {
    return (
      <Frame label="No samples">
        <rect
          x="0.6"
          y="3.6"
          width="158.8"
          height="13"
          rx="1"
          fill="none"
          stroke={
            state === 'unknown' || state === 'stale' ? 'var(--color-unknown)' : 'var(--color-chart-soft)'
          }
          strokeDasharray="2 2"
        />
      </Frame>
    );
  }
  const values = shown.map(([, value]) => value);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, limit ?? 0, low + 1e-9);
  const box = { left: 1, top: 3, width: silent ? 124 : 156, height: 14 };
  const laid = layTimed(shown, { from: first[0], to: last[0], low, high }, box);
  const line =
    laid.length > 1 ? laid : [[1, laid[0]?.[1] ?? 10] as const, [box.width, laid[0]?.[1] ?? 10] as const];
  const end = line.at(-1) ?? [0, 0];
  const limitY = limit === null ? null : tenth(box.top + box.height * (1 - (limit - low) / (high - low)));
  const worst = formatNumber(Math.max(...values));
  const label = `At most ${worst}${limit === null ? '' : `, limit ${formatNumber(limit)}`}${silent ? ', then silent' : ''}`;
  return (
    <Frame label={label}>
      {limitY === null ? null : (
        <path
          d={`M0 ${limitY}H160`}
          stroke={state === 'fail' ? 'var(--color-fail)' : 'var(--color-chart-soft)'}
          strokeDasharray="2 3"
        />
      )}
      <path
        d={pathOf(line)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
      {silent ? (
        <rect
          x="128.6"
          y="3.6"
          width="30.8"
          height="13"
          fill="none"
          stroke="var(--color-unknown)"
          strokeDasharray="2 2"
        />
      ) : (
        <circle cx={tenth(end[0])} cy={tenth(end[1])} r="1.9" fill="var(--color-chart-line)" />
      )}
    </Frame>
  );
}
