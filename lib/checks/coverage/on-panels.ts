import type { MetricPlace, MetricPlaces, UnreadPlace } from '#lib/domain/coverage.ts';
import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { compilePattern, type Pattern } from '../pattern.ts';
import { metricNamesIn } from '../promql/names.ts';
import { type DeclaredNames, declaredNames } from './declared-names.ts';

/**
 * The required panels that draw each metric. What only says when no data is right is not drawn. A query that does not
 * parse, or chooses metrics by a pattern that cannot be read, is named with the reason.
 */
export function metricsOnPanels(spec: Spec): MetricPlaces {
  const declared = declaredNames(spec);
  const of = new Map<string, MetricPlace[]>();
  const unread: UnreadPlace[] = [];
  for (const dashboard of spec.kit?.dashboards ?? []) {
    for (const panel of dashboard.panels) {
      const name = `panel “${panel.title}” of ${dashboard.title}`;
      const read = drawn(panel, declared);
      unread.push(...read.faults.map((message) => ({ name, message })));
      const places = new Map([
        ...[...read.chosen].map((metric) => [metric, [] as string[]] as const),
        ...byMetric(read.names, declared),
      ]);
      for (const [metric, as] of places) {
        const place = { id: dashboard.id, title: panel.title, name, file: dashboard.file, as };
        of.set(metric, [...(of.get(metric) ?? []), place]);
      }
    }
  }
  return { of, unread };
}

/** Names that a panel's queries read, and the metrics that they choose by a pattern. */
function drawn({ queries }: PanelSpec, declared: DeclaredNames) {
  const chosen = new Set<string>();
  const names = new Set<string>();
  const faults: string[] = [];
  for (const { expr } of queries) {
    const read = metricNamesIn(expr);
    if (!read.ok) {
      faults.push(`${read.message} (${expr})`);
      continue;
    }
    for (const name of read.names) names.add(name);
    for (const source of read.patterns) {
      // Prometheus matches the whole of a name.
      const compiled = compilePattern(`^(?:${source})$`, { lines: false });
      if (!compiled.ok) faults.push(`the pattern “${source}” over names cannot be read: ${compiled.message}`);
      else for (const metric of matching(compiled.pattern, declared)) chosen.add(metric);
    }
  }
  return { names, chosen, faults };
}

function matching(pattern: Pattern, { names, metricOf }: DeclaredNames): readonly string[] {
  return names.flatMap((name) => (pattern.test(name) ? (metricOf(name) ?? []) : []));
}

/** Declared metrics among names, each with those that stand for it. */
export function byMetric(
  names: Iterable<string>,
  { metricOf }: DeclaredNames,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const metric = metricOf(name);
    if (metric !== null) found.set(metric, [...(found.get(metric) ?? []), name]);
  }
  return found;
}
