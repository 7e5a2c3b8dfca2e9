import type { PanelSpec } from '#lib/domain/kit-spec.ts';

/** Says in a panel's answer which of its queries a series is of: its index, or `quiet`. */
export const panelQueryLabel = 'big_green_query';
/** The value of that label for what says that no data is right. */
export const quietQuery = 'quiet';

/**
 * One expression for all queries of a panel and for what says that it is quiet, so that drawing a panel takes one
 * request. Series are marked by `panelQueryLabel`, which keeps them apart in the union. Pure.
 */
export function panelQuestion({ queries, quietWhen }: PanelSpec): string {
  const marked = queries.map(({ expr }, at) => mark(expr, String(at)));
  const quiet = quietWhen === null ? [] : [mark(quietWhen, quietQuery)];
  return [...marked, ...quiet].join(' or ');
}

/** Lines of their own for the expression, so that a comment at its end ends there. */
function mark(expr: string, query: string): string {
  return `label_replace((\n${expr}\n), "${panelQueryLabel}", "${query}", "", "")`;
}

/** A series' name by Grafana's legend format: `{{label}}` is the label's value; else its labels, else the title. Pure. */
export function seriesName(
  legend: string | null,
  labels: Readonly<Record<string, string>>,
  title: string,
): string {
  const { [panelQueryLabel]: _query, __name__: metric, ...own } = labels;
  if (legend !== null) {
    const name = legend
      .replace(/\{\{\s*([^}\s]+)\s*\}\}/g, (_all, label: string) => labels[label] ?? '')
      .trim();
    if (name !== '') return name;
  }
  const pairs = Object.entries(own).map(([label, value]) => `${label}=${value}`);
  return pairs.length > 0 ? pairs.join(' ') : (metric ?? title);
}
