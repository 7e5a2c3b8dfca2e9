import { lay, pathOf, thin } from '#components/picture/line.ts';

interface Props {
  readonly ready: readonly number[];
  readonly blockers: number;
}

/** Ready blockers over time as a small line, below all of them as a dotted one. */
export function Trend({ ready, blockers }: Props) {
  const last = ready.at(-1);
  if (last === undefined || ready.length < 2) return <span className="text-ink-3">no trend yet</span>;
  const most = Math.max(blockers, ...ready, 1);
  const shown = thin(ready, 60);
  const points = lay([0, most, ...shown], { left: 0, top: 3, width: 1, height: 22 }).slice(2);
  const placed = points.map(([, y], at) => [(156 * at) / (shown.length - 1), y] as const);
  const end = placed.at(-1) ?? [0, 0];
  return (
    <svg
      width="160"
      height="28"
      viewBox="0 0 160 28"
      role="img"
      aria-label={`${ready[0]} ready at first, ${last} now, of ${blockers}`}
    >
      <path d="M0 3H160" stroke="var(--color-chart-soft)" strokeDasharray="2 3" />
      <path
        d={pathOf(placed)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      <circle cx={end[0]} cy={end[1]} r="2" fill="var(--color-chart-line)" />
    </svg>
  );
}
