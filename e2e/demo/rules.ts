import { stringify } from 'yaml';
import type { Spec } from '#lib/domain/spec.ts';

/** The rule file of the demo's Prometheus: the spec's alerts as a launched project would load them. */
export function demoRules(spec: Spec): string {
  const rules = spec.alerts.flatMap(({ name, severity, rule }) =>
    rule ? [{ alert: name, expr: rule.expr, for: `${rule.forMs}ms`, labels: { severity } }] : [],
  );
  return stringify({ groups: [{ name: 'fast-mainnet', interval: '1s', rules }] });
}
