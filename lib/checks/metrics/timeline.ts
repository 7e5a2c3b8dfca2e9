import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import { affirms, holdsWith } from '../promql/holds.ts';
import { type Bounds, holds, marginOf } from './bounds.ts';

/** A value that counts, and where it stands. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly atSeconds: number;
  readonly value: number;
  readonly text: string;
  readonly holds: boolean;
}

type Fallback = { readonly text: string; readonly guarded: string };

/** Why a step has no value that counts. */
export type Gap =
  | { readonly kind: 'no-data' }
  | { readonly kind: 'not-a-number'; readonly text: string }
  | { readonly kind: 'made-up'; readonly fallback: Fallback; readonly value: string | null };

/** What an expression's answer comes to, step by step. */
export interface Measured {
  /** Distinct series with a value that counts. */
  readonly series: number;
  /** The value nearest to its bound, or farthest beyond it; null when none counts. */
  readonly worst: Sample | null;
  /** Series (as text) with a value that does not hold. */
  readonly violating: readonly string[];
  /** The first gap that nothing excuses; for an instant question there is one step. */
  readonly gap: Gap | null;
  readonly gapsMs: number;
  /** Steps without a value that `quietWhen` excuses. */
  readonly quietSteps: number;
  /** A value that is not a number, if there was one. */
  readonly oddText: string | null;
  /** Of the series with the worst value, or of the first. */
  readonly line: readonly (readonly [number, number])[];
}

interface Options {
  readonly is: Bounds;
  readonly quietWhen: string | null;
  readonly fallbacks: readonly Fallback[];
}

/**
 * Goes through the steps of an answer. A step counts where it has numbers and nothing in the expression made them up;
 * else it is excused where `quietWhen` holds, and a gap where not. A gap is never a value.
 */
export function measure(
  answer: PromqlAnswer,
  guards: readonly PromqlAnswer[],
  quiet: PromqlAnswer | null,
  { is, quietWhen, fallbacks }: Options,
): Measured {
  const stepMs = (answer.range?.stepSeconds ?? 0) * 1000;
  const main = valuesByStep(answer);
  const guarded = guards.map(valuesByStep);
  const still = quiet === null ? null : valuesByStep(quiet);
  const how = quietWhen === null ? 'nonzero' : affirms(quietWhen);

  let worst: Sample | null = null;
  let least = Number.POSITIVE_INFINITY;
  let gap: Gap | null = null;
  let gaps = 0;
  let excused = 0;
  let oddText: string | null = null;
  const violating = new Set<string>();
  const counted = new Set<number>();
  const steps =
    answer.range === null
      ? 1
      : Math.round((answer.range.toSeconds - answer.range.fromSeconds) / answer.range.stepSeconds) + 1;

  for (let step = 0; step < steps; step += 1) {
    const values = main.get(step) ?? [];
    const absent = guarded.findIndex((guard) => (guard.get(step) ?? []).length === 0);
    const fallback = fallbacks[absent];
    const odd = values.find(({ text }) => !Number.isFinite(Number(text)));
    oddText ??= odd?.text ?? null;
    const isQuiet =
      still !== null &&
      holdsWith(
        how,
        (still.get(step) ?? []).map(({ text }) => text),
      );
    const missing: Gap | null = fallback
      ? { kind: 'made-up', fallback, value: values[0]?.text ?? null }
      : values.length === 0
        ? { kind: 'no-data' }
        : odd
          ? { kind: 'not-a-number', text: odd.text }
          : null;
    if (missing !== null && isQuiet) excused += 1;
    else if (missing !== null) {
      gap ??= missing;
      gaps += 1;
    }
    if (fallback) continue;
    for (const { series, text, atSeconds } of values) {
      const value = Number(text);
      if (!Number.isFinite(value)) continue;
      counted.add(series);
      const margin = marginOf(value, is);
      const good = holds(value, is);
      const labels = answer.series[series]?.labels ?? {};
      if (!good) violating.add(JSON.stringify(labels));
      // A bound that excludes its own value (below 5) fails at a margin of 0, which must win over one that holds.
      if (margin < least || (worst?.holds === true && !good)) {
        least = Math.min(margin, least);
        worst = { labels, atSeconds, value, text, holds: good };
      }
    }
  }
  const drawn =
    worst === null ? answer.series[0] : answer.series.find(({ labels }) => labels === worst?.labels);
  return {
    series: counted.size,
    worst,
    violating: [...violating].sort(),
    gap,
    gapsMs: gaps * stepMs,
    quietSteps: excused,
    oddText,
    line: lineOf(drawn?.points ?? []),
  };
}

interface StepValue {
  readonly series: number;
  readonly atSeconds: number;
  readonly text: string;
}

/** Values by the number of their step; of an instant answer all are of the one step. */
function valuesByStep({ range, series }: PromqlAnswer): ReadonlyMap<number, readonly StepValue[]> {
  const steps = new Map<number, StepValue[]>();
  for (const [index, { points }] of series.entries()) {
    for (const [atSeconds, text] of range === null ? points.slice(-1) : points) {
      const step = range === null ? 0 : Math.round((atSeconds - range.fromSeconds) / range.stepSeconds);
      const value = { series: index, atSeconds, text };
      const others = steps.get(step);
      if (others) others.push(value);
      else steps.set(step, [value]);
    }
  }
  return steps;
}

const mostDrawn = 160;

function lineOf(points: PromqlAnswer['series'][number]['points']): readonly (readonly [number, number])[] {
  const every = Math.max(1, Math.ceil(points.length / mostDrawn));
  return points
    .filter(([, text], index) => (points.length - 1 - index) % every === 0 && Number.isFinite(Number(text)))
    .map(([at, text]) => [at, Number(text)] as const);
}
