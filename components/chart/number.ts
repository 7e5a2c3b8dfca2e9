const steps = [
  { from: 1e12, by: 1e12, unit: ' T' },
  { from: 1e9, by: 1e9, unit: ' G' },
  { from: 1e6, by: 1e6, unit: ' M' },
  { from: 1e4, by: 1e3, unit: ' k' },
] as const;

/** A number for people: four digits at most, truncated and never rounded up: 142, 0.421, 48.21 M. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  for (const { from, by, unit } of steps) {
    if (size >= from) return `${truncated(value / by, 2)}${unit}`;
  }
  if (size !== 0 && size < 0.001) return value.toExponential(1);
  if (size >= 100) return truncated(value, Number.isInteger(value) ? 0 : 1);
  return truncated(value, size >= 1 ? 2 : 3);
}

function truncated(value: number, digits: number): string {
  const factor = 10 ** digits;
  // 1.15 * 100 is 114.99…: a nudge below the next unit in the last place keeps what was written.
  const cut = Math.trunc(Number((value * factor).toPrecision(12))) / factor;
  return String(cut);
}

/** Ticks of an axis from 0 (or the least) up: three round values that hold the greatest. */
export function axisTicks(low: number, high: number): readonly number[] {
  const span = Math.max(high - low, Number.EPSILON);
  const rough = span / 2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10]
    .map((one) => one * power)
    .find((one) => one * 2 >= span * 0.999999);
  const each = step ?? power * 10;
  const start = low === 0 ? 0 : Math.floor(low / each) * each;
  const ticks = [start, start + each, start + 2 * each];
  while ((ticks.at(-1) ?? high) < high * 0.999999) ticks.push((ticks.at(-1) ?? 0) + each);
  return ticks.map((tick) => Number(tick.toPrecision(10)));
}
