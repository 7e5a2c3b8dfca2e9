import type { BindResult } from '#lib/domain/check-kind.ts';
import type { DashboardSpec, PanelSpec } from '#lib/domain/kit-spec.ts';
import type { Spec, ThresholdSpec } from '#lib/domain/spec.ts';
import { nearest } from '../metrics/declaration.ts';
import { metricNamesIn } from '../promql/names.ts';

/** One panel as the spec wants it: what a dashboard is held against. */
export type PanelWanted = {
  readonly title: string;
  readonly type: string;
  readonly queries: readonly QueryWanted[];
  /** The bounds that it draws, ascending; empty for none. */
  readonly bounds: readonly number[];
  /** Which side of them is bad; null without bounds. */
  readonly side: 'above' | 'below' | null;
};

type QueryWanted = {
  readonly expr: string;
  readonly metrics: readonly string[];
  /** The recording rule that keeps the same value: a panel may as well ask for that. */
  readonly record: string | null;
};

/** The dashboard of the spec that a check names by its id. */
export function dashboardNamed(id: string, { kit }: Spec): BindResult<DashboardSpec> {
  const all = kit?.dashboards ?? [];
  const wanted = all.find((one) => one.id === id);
  if (wanted) return { ok: true, bound: wanted };
  const near = nearest(
    id,
    all.map((one) => one.id),
  );
  const meant = near === null ? '' : `; did you mean \`${near}\`?`;
  return {
    ok: false,
    faults: [{ path: ['dashboard'], message: `the spec has no dashboard \`${id}\`${meant}` }],
  };
}

/** What the spec wants of a panel, with its threshold filled in. */
export function panelWanted(panel: PanelSpec, thresholds: readonly ThresholdSpec[]): PanelWanted {
  const threshold = thresholds.find(({ id }) => id === panel.threshold) ?? null;
  const bounds = threshold ? [threshold.warning, threshold.critical].filter((bound) => bound !== null) : [];
  return {
    title: panel.title,
    type: panel.type,
    queries: panel.queries.map(({ expr }) => {
      const names = metricNamesIn(expr);
      const record = thresholds.find(({ value, record }) => value === expr && record)?.record ?? null;
      return { expr, metrics: names.ok ? names.names : [], record };
    }),
    bounds: bounds.sort((one, other) => one - other),
    side: threshold?.side ?? null,
  };
}
