import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';

/** What the script holds against Prometheus's answer, one JSON object a line. */
export interface DeclaredMetric {
  readonly name: string;
  /** Names of series, each of which must be there. */
  readonly series: readonly string[];
  /** Another name that is as good as all of them: a native histogram has its own. */
  readonly native?: string;
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  readonly least?: number;
  readonly job?: string;
  readonly later?: true;
}

/** The declared metrics, each once. */
export function declaredMetrics(spec: Spec): readonly DeclaredMetric[] {
  return [...new Map(spec.metrics.map((metric) => [metric.name, declared(metric)])).values()];
}

function declared({
  name,
  type,
  labels,
  minSeries,
  absentUntilFirst,
  job,
}: MetricDeclaration): DeclaredMetric {
  const required = labels.filter((label) => label.required.length > 0);
  return {
    name,
    ...seriesOf(name, type),
    ...(required.length === 0
      ? {}
      : { labels: Object.fromEntries(required.map((label) => [label.name, label.required])) }),
    ...(minSeries > 1 ? { least: minSeries } : {}),
    ...(job === null ? {} : { job }),
    ...(absentUntilFirst ? { later: true as const } : {}),
  };
}

/** A classic histogram has no series under its own name. */
function seriesOf(name: string, type: MetricDeclaration['type']): Pick<DeclaredMetric, 'series' | 'native'> {
  if (type === 'histogram')
    return { series: [`${name}_bucket`, `${name}_sum`, `${name}_count`], native: name };
  if (type === 'summary') return { series: [`${name}_sum`, `${name}_count`] };
  return { series: [name] };
}
