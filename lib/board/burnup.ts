import type { Burnup } from '#lib/domain/view.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * The burn-up with a forecast: the time the rest takes at the best and at the worst of two rates, that of the whole
 * history and that of its second half. Less than a day of history, or no progress, gives none. Pure.
 */
export function burnup(points: Burnup['points'], targetAt: string, nowMs: number): Burnup {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || last.ready >= last.scope) return { points, targetAt, forecast: null };
  const spanMs = nowMs - Date.parse(first.at);
  const middle = [...points].reverse().find(({ at }) => Date.parse(at) <= nowMs - spanMs / 2) ?? first;
  const rates = [first, middle].map((from) => (last.ready - from.ready) / (nowMs - Date.parse(from.at)));
  if (spanMs < day || rates.some((rate) => !(rate > 0))) return { points, targetAt, forecast: null };
  const instants = rates.map((rate) => nowMs + (last.scope - last.ready) / rate).sort((a, b) => a - b);
  const [earliest, latest] = instants.map((ms) => new Date(ms).toISOString());
  return {
    points,
    targetAt,
    forecast: earliest && latest ? { earliestAt: earliest, latestAt: latest } : null,
  };
}
