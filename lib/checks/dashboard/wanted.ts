import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
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
