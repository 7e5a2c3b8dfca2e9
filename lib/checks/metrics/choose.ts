import type { BindFault } from '#lib/domain/check-kind.ts';
import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';
import { nearest, unknownMetric } from './declaration.ts';

type Chosen =
  | { readonly ok: true; readonly metrics: readonly MetricDeclaration[] }
  | { readonly ok: false; readonly faults: readonly BindFault[] };

/** The metrics of the inventory that a group or a list of names stands for: all, where neither is given. */
export function chooseMetrics(
  { group, metrics }: { readonly group?: string; readonly metrics?: readonly string[] },
  spec: Spec,
): Chosen {
  if (group !== undefined && !spec.metrics.some((one) => one.group === group)) {
    const groups = [...new Set(spec.metrics.flatMap((one) => one.group ?? []))];
    const near = nearest(group, groups);
    const has = near === null ? `; it has: ${groups.join(', ') || 'none'}` : `; did you mean \`${near}\`?`;
    return {
      ok: false,
      faults: [{ path: ['group'], message: `no metric is in the group \`${group}\`${has}` }],
    };
  }
  const inGroup = spec.metrics.filter((one) => group === undefined || one.group === group);
  if (metrics === undefined) return { ok: true, metrics: inGroup };
  const byName = new Map(inGroup.map((one) => [one.name, one]));
  const faults: BindFault[] = [];
  const chosen: MetricDeclaration[] = [];
  for (const [index, name] of metrics.entries()) {
    const known = byName.get(name);
    if (known) chosen.push(known);
    else faults.push(unknownMetric(name, ['metrics', index], spec));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, metrics: chosen };
}
