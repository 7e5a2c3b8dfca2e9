import { writeDuration } from '#lib/domain/duration.ts';
import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { runbookUrl } from '../anchor.ts';
import { type BoundAlert, boundAlerts, withUnit } from '../bound.ts';

/** A rule as Prometheus's rule files hold it. */
export type Rule =
  | { readonly record: string; readonly expr: string }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Alerting rules, in a group for each group of metrics. */
export function alertGroups(spec: Spec): readonly RuleGroup[] {
  return grouped(
    spec,
    boundAlerts(spec).map((one) => [one.alert.group, alertRule(spec, one)]),
  );
}

/** Recording rules for thresholds that keep their value. */
export function recordingGroups(spec: Spec): readonly RuleGroup[] {
  const groupOf = new Map(spec.metrics.map(({ name, group }) => [name, group]));
  return grouped(
    spec,
    (spec.thresholds ?? []).flatMap(({ record, value, metric }) =>
      record ? [[groupOf.get(metric) ?? null, { record, expr: value }] as const] : [],
    ),
  );
}

function grouped(spec: Spec, rules: readonly (readonly [string | null, Rule])[]): readonly RuleGroup[] {
  const groups = new Map<string, Rule[]>();
  for (const [group, rule] of rules) {
    const name = group === null ? spec.launch.id : `${spec.launch.id}-${group}`;
    groups.set(name, [...(groups.get(name) ?? []), rule]);
  }
  return [...groups].map(([name, of]) => ({ name, rules: of }));
}

function alertRule(spec: Spec, one: BoundAlert): Rule {
  const { alert, rule, threshold, bound } = one;
  const limit = withUnit(bound, threshold.unit);
  const during = rule.forMs === 0 ? '' : `, for ${writeDuration(rule.forMs)}`;
  const runbook = runbookUrl(spec, alert.name);
  const panel = panelOf(spec, threshold.id);
  return {
    alert: alert.name,
    expr: rule.expr,
    ...(rule.forMs === 0 ? {} : { for: writeDuration(rule.forMs) }),
    labels: {
      severity: alert.severity,
      launch: spec.launch.id,
      ...(alert.group === null ? {} : { group: alert.group }),
    },
    annotations: {
      summary: `${literal(threshold.title)}: ${threshold.side} ${literal(limit)}`,
      description:
        (alert.means ? `${literal(sentence(alert.means))} ` : '') +
        `Now ${valueTemplate(threshold.unit)}; ${alert.severity} is ${threshold.side} ${literal(limit)}${during}.`,
      ...(runbook === null ? {} : { runbook_url: runbook }),
      ...(panel === null
        ? {}
        : { dashboard: `/d/${panel.uid}`, panel: literal(`${panel.dashboard}: ${panel.panel.title}`) }),
    },
  };
}

/** The first panel that draws a threshold. */
function panelOf(
  spec: Spec,
  threshold: string,
): { readonly uid: string; readonly dashboard: string; readonly panel: PanelSpec } | null {
  for (const { uid, title, panels } of spec.kit?.dashboards ?? []) {
    const panel = panels.find((one) => one.threshold === threshold);
    if (panel) return { uid, dashboard: title, panel };
  }
  return null;
}

/** Prometheus runs annotations as templates: braces of the spec's own text are to stay braces. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** How the value reads. `humanize` would write 0.02 as 20m, which looks like minutes. */
function valueTemplate(unit: string | null): string {
  if (unit === 'seconds') return '{{ $value | humanizeDuration }}';
  const plain = '{{ printf "%.6g" $value }}';
  return unit === null ? plain : `${plain} ${literal(unit)}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
