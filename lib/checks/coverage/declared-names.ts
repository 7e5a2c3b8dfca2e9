import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';

/** What a series' name means in a spec: the declared metric, or null for none of its. */
export interface DeclaredNames {
  readonly metricOf: (name: string) => string | null;
  /** Every name that stands for a declared metric. */
  readonly names: readonly string[];
}

/**
 * The names under which a spec's metrics are read. A classic histogram goes by its own name and by `_bucket`, `_sum`
 * and `_count`; a metric without a type may be one. A recording rule's name stands for the metric of its threshold and
 * for nothing else that its expression reads. A name that is declared means itself.
 */
export function declaredNames({ metrics, thresholds = [] }: Spec): DeclaredNames {
  const known = new Map<string, string>();
  const add = (name: string, metric: string): void => {
    if (!known.has(name)) known.set(name, metric);
  };
  for (const { name } of metrics) add(name, name);
  for (const metric of metrics) for (const suffix of suffixes(metric)) add(metric.name + suffix, metric.name);
  for (const { record, metric } of thresholds) if (record) add(record, metric);
  return { metricOf: (name) => known.get(name) ?? null, names: [...known.keys()] };
}

function suffixes({ type }: MetricDeclaration): readonly string[] {
  if (type === 'histogram' || type === null) return ['_bucket', '_sum', '_count'];
  return type === 'summary' ? ['_sum', '_count'] : [];
}
