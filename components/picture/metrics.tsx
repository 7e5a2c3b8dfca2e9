import { withKeys } from '#components/ui/with-keys.ts';
import { Frame } from './frame.tsx';
import { lay, pathOf, thin } from './line.ts';

const gap = 3;

interface Props {
  readonly lines: readonly (readonly number[] | null)[];
  readonly silent: boolean;
}

/** One small line a metric; hollow red is a missing one. More than fit are counted out evenly, missing ones first. */
export function Metrics({ lines, silent }: Props) {
  const missing = lines.filter((line) => line === null).length;
  const shown = lines.length > 24 ? condense(lines, 24) : lines;
  const width = (160 - gap * (shown.length - 1)) / Math.max(shown.length, 1);
  const label = `${lines.length - missing} of ${lines.length} metrics${silent ? ', source silent' : ''}`;
  return (
    <Frame label={label}>
      {withKeys(shown, String).map(([key, line], at) => (
        <Metric key={key} line={line} left={at * (width + gap)} width={width} silent={silent} />
      ))}
    </Frame>
  );
}

interface MetricProps {
  readonly line: readonly number[] | null;
  readonly left: number;
  readonly width: number;
  readonly silent: boolean;
}

function Metric({ line, left, width, silent }: MetricProps) {
  if (line === null) {
    const side = Math.min(11, width);
    return (
      <rect
        x={left + 0.6}
        y={10 - side / 2}
        width={Math.max(side - 1.2, 1)}
        height={Math.max(side - 1.2, 1)}
        rx="1"
        fill="none"
        stroke="var(--color-fail)"
        strokeWidth="1.2"
      />
    );
  }
  const drawn = silent ? width * 0.8 : width;
  const values = thin(line.length > 0 ? line : [0], Math.max(2, Math.round(width / 2)));
  const flat = values.length === 1 ? [...values, ...values] : values;
  const points = lay(flat, { left, top: 5.5, width: drawn, height: 9 });
  const end = points.at(-1);
  return (
    <>
      <path
        d={pathOf(points)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeWidth="1.1"
        strokeLinejoin="round"
      />
      {silent && end ? (
        <path
          d={`M${end[0] + 1} ${end[1]}H${left + width}`}
          stroke="var(--color-unknown)"
          strokeWidth="1.2"
          strokeDasharray="1.2 1.6"
        />
      ) : null}
    </>
  );
}

/** Keeps every missing metric and as many of the others as fit. */
function condense(lines: Props['lines'], most: number): Props['lines'] {
  const missing = lines.filter((line) => line === null).slice(0, most / 2);
  const there = thin(
    lines.filter((line) => line !== null),
    most - missing.length,
  );
  return [...there, ...missing];
}
