const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/**
 * Milliseconds of a duration as Prometheus writes it: `5m`, `1h30m`, `0`; null for anything else.
 * https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
export function durationMs(text: string): number | null {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/([0-9]+)(ms|[smhdwy])/gy)];
  if (parts.length === 0 || parts.reduce((sum, [all]) => sum + all.length, 0) !== text.length) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}
