import { lay, pathOf, tenth } from '#components/picture/line.ts';
import { formatTook } from '#components/time/format.ts';

interface Props {
  /** Newest first; null where there is none. */
  readonly tookMs: readonly (number | null)[];
  readonly limitMs: number | null;
}

const box = { left: 2, top: 4, width: 156, height: 12 };

/** How long it took, oldest first, against its dotted limit. */
export function Durations({ tookMs, limitMs }: Props) {
  const values = tookMs.filter((took) => took !== null).reverse();
  const last = values.at(-1);
  if (last === undefined) return null;
  // Without a limit to stay below, the longest keeps off the row's edge.
  const high = Math.max(...values.map((took) => (limitMs === null ? took * 1.5 : took)), limitMs ?? 0);
  const scaled = lay([...values, 0, high], box).slice(0, values.length);
  const step = values.length > 1 ? box.width / (values.length - 1) : 0;
  const line = scaled.map(([, y], index) => [box.left + index * step, y] as const);
  const end = line.at(-1) ?? [box.left, box.top];
  const limitY = limitMs === null ? null : tenth(box.top + box.height * (1 - limitMs / Math.max(high, 1)));
  const label = `${values.length} durations, the newest ${formatTook(last)}${limitMs === null ? '' : `, limit ${formatTook(limitMs)}`}`;
  return (
    <svg viewBox="0 0 160 20" role="img" aria-label={label}>
      {limitY === null ? null : (
        <path d={`M0 ${limitY}H160`} stroke="var(--color-chart-soft)" strokeDasharray="2 3" />
      )}
      <path d={pathOf(line)} fill="none" stroke="var(--color-chart-line)" strokeWidth="1.3" />
      <circle cx={tenth(end[0])} cy={tenth(end[1])} r="1.9" fill="var(--color-chart-line)" />
    </svg>
  );
}
