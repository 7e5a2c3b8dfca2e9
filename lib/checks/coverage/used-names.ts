import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { metricNamesIn } from '../promql/names.ts';
import { declaredNames } from './declared-names.ts';
import { promqlOf } from './in-runbooks.ts';

/** A name that a spec uses and declares nowhere, and where it does. */
export interface UsedName {
  readonly name: string;
  /** “panel “Balance Trend” of Treasury”, “alert “LagHigh””, “runbook “Stuck””, each once. */
  readonly places: readonly string[];
}

/**
 * What a spec's required panels, alerts and runbooks read and its inventory does not hold, by Prometheus's grammar. What
 * does not parse is named where panels and runbooks are read, and tells nothing here.
 */
export function undeclaredNames(spec: Spec): readonly UsedName[] {
  const { metricOf } = declaredNames(spec);
  const found = new Map<string, Set<string>>();
  const read = (expr: string, place: string): void => {
    const names = metricNamesIn(expr);
    for (const name of names.ok ? names.names : []) {
      if (metricOf(name) === null) found.set(name, (found.get(name) ?? new Set()).add(place));
    }
  };
  for (const { title, panels } of spec.kit?.dashboards ?? []) {
    for (const panel of panels)
      for (const { expr } of panel.queries) read(expr, `panel “${panel.title}” of ${title}`);
  }
  for (const { name, metric, rule } of spec.alerts) {
    read(rule?.expr ?? metric, `alert “${name}”`);
  }
  for (const runbook of spec.kit?.runbooks ?? [])
    for (const expr of askedIn(runbook)) read(expr, `runbook “${runbook.title}”`);
  return [...found].map(([name, places]) => ({ name, places: [...places] }));
}

function askedIn({ diagnosis, resolution }: RunbookSpec): readonly string[] {
  return [...diagnosis, ...resolution.flatMap(({ steps }) => steps)].flatMap(promqlOf);
}
