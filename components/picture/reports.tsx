import { Frame } from './frame.tsx';
import { tenth } from './line.ts';

interface Props {
  readonly tookMs: readonly number[];
  readonly limitMs: number | null;
}

/** How long each of the last answers took, newest right, against the dotted limit. Red took too long. */
export function Reports({ tookMs, limitMs }: Props) {
  const shown = tookMs.slice(-31);
  const high = Math.max(...shown, limitMs ?? 0, 1);
  const heightOf = (ms: number): number => Math.max(1, tenth((14 * ms) / high));
  const bars = (late: boolean): string =>
    shown
      .map((ms, at) => {
        if ((limitMs !== null && ms > limitMs) !== late) return '';
        const height = heightOf(ms);
        return `M${tenth(156 - (shown.length - 1 - at) * 5.1)} ${tenth(18 - height)}h3v${height}h-3z`;
      })
      .join('');
  const newest = shown.at(-1);
  const label =
    newest === undefined
      ? 'No answers yet'
      : `Last answer took ${Math.trunc(newest)} ms${limitMs === null ? '' : `, limit ${limitMs} ms`}`;
  return (
    <Frame label={label}>
      {limitMs === null ? null : (
        <path
          d={`M0 ${tenth(18 - (14 * limitMs) / high)}H160`}
          stroke="var(--color-chart-soft)"
          strokeDasharray="2 3"
        />
      )}
      <path d={bars(false)} fill="var(--color-chart-bar)" />
      <path d={bars(true)} fill="var(--color-fail)" />
    </Frame>
  );
}
