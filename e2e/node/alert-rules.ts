import type { Spec } from '#lib/domain/spec.ts';

/**
 * A Prometheus rule file of the alerts that a spec gives a condition to, one group for each of the spec's. Written as
 * JSON, which is YAML too. Format: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export function alertRules(spec: Spec): string {
  const groups = Map.groupBy(spec.alerts, ({ group }) => group ?? 'launch');
  const titles = new Map((spec.thresholds ?? []).map(({ id, title }) => [id, title]));
  return JSON.stringify(
    {
      groups: [...groups].map(([name, alerts]) => ({
        name,
        rules: alerts.flatMap(({ name: alert, severity, rule }) =>
          rule === undefined
            ? []
            : [
                {
                  alert,
                  expr: rule.expr,
                  for: `${rule.forMs}ms`,
                  labels: { severity },
                  annotations: { summary: `${titles.get(rule.threshold) ?? alert}: {{ $value }}` },
                },
              ],
        ),
      })),
    },
    null,
    2,
  );
}
