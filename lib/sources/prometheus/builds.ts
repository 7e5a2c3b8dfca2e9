import type { SourceSpec } from '#lib/domain/spec.ts';
import type { Sighting } from './look.ts';
import type { Series } from './series.ts';
import type { MetricQuestion } from './window.ts';

/**
 * What runs behind a metric: the values of the build label on the targets it is scraped from, or, when it is absent or
 * comes from no target, on all targets (of its job). An empty text stands for a target that does not say.
 */
export function buildsOf(
  buildInfo: NonNullable<SourceSpec['buildInfo']>,
  question: MetricQuestion,
  live: readonly Series[],
  find: (name: string) => readonly Sighting[],
): readonly string[] {
  const known = new Map<string, Set<string>>();
  for (const { series, stateFor } of find(buildInfo.metric)) {
    if (stateFor(question.freshWithinMs) !== 'live') continue;
    if (question.job !== null && series.labels.job !== question.job) continue;
    const value = series.labels[buildInfo.label] ?? '';
    const target = targetOf(series);
    known.set(target, (known.get(target) ?? new Set()).add(value));
  }
  const on = new Set(live.map(targetOf));
  const scraped = [...on].some((target) => known.has(target));
  const targets = scraped ? [...on] : [...known.keys()];
  return [...new Set(targets.flatMap((target) => [...(known.get(target) ?? [''])]))].sort();
}

function targetOf({ labels }: Series): string {
  return `${labels.job ?? ''}\0${labels.instance ?? ''}`;
}
