/** How much later than it should something that recurs came, over some occasions. Milliseconds. */
export interface Lateness {
  readonly count: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** Of instants that should lie `everyMs` apart, those from `fromMs` on. */
export function latenessOf(
  series: readonly (readonly number[])[],
  everyMs: number,
  fromMs: number,
): Lateness {
  const late = series.flatMap((instants) => {
    const since = instants.filter((at) => at >= fromMs);
    const gaps = since.slice(1).map((at, index) => at - (since[index] ?? at) - everyMs);
    // Whoever is not asked any more has been waiting up to now.
    const waiting = Date.now() - (since.at(-1) ?? fromMs) - everyMs;
    return [...gaps, ...(waiting > 0 ? [waiting] : [])];
  });
  return { count: late.length, medianMs: median(late), worstMs: Math.max(...late) };
}

/** The middle one; 0 of none. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
