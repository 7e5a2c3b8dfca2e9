import { formatClock, formatClockSeconds, formatDay } from '#components/time/format.ts';

const daySeconds = 86_400;
const fewSeconds = 600;

/** How instants of an axis are written: days, minutes, or seconds where minutes would repeat. */
export function axisTime(spanSeconds: number, zone: string): (second: number) => string {
  const write =
    spanSeconds > daySeconds ? formatDay : spanSeconds > fewSeconds ? formatClock : formatClockSeconds;
  return (second) => write(second * 1000, zone);
}
