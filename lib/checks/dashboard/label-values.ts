import type { DatasourceRead } from './dashboard.ts';

/** What a query variable asks Prometheus for: the values that one label has among some series. */
export interface LabelValues {
  readonly label: string;
  /** PromQL of the series, with the dashboard's variables in it. */
  readonly selector: string;
  readonly datasource: DatasourceRead;
  /** As written between slashes or without; null for all values. */
  readonly regex: string | null;
  readonly sort: number;
}

const call = /^\s*label_values\(\s*(?<inside>.+)\)\s*$/s;
const labelName = /^[A-Za-z_]\w*$/;

/**
 * Reads `label_values(series, label)`. Null for every other query of a variable, and for `label_values(label)` over
 * all series there are, which no check puts on a server.
 * https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */
export function readLabelValues(query: string): { readonly selector: string; readonly label: string } | null {
  const inside = call.exec(query)?.groups?.inside;
  const comma = inside?.lastIndexOf(',') ?? -1;
  if (inside === undefined || comma < 0) return null;
  const selector = inside.slice(0, comma).trim();
  const label = inside.slice(comma + 1).trim();
  return selector !== '' && labelName.test(label) ? { selector, label } : null;
}

/** PromQL that gives one series for each value of the label. */
export function labelValuesExpr(selector: string, label: string): string {
  return `group by (${label}) (${selector})`;
}

/**
 * What the variable offers, in its order: values that its pattern lets through, its first group where it has one, each
 * once. Null where the pattern cannot be read.
 */
export function offeredValues(
  found: readonly string[],
  { regex, sort }: LabelValues,
): readonly string[] | null {
  const values = regex === null ? found : throughPattern(found, regex);
  return values === null ? null : sorted([...new Set(values)], sort);
}

/** In characters, of a pattern as of a value. */
const longestMatched = 200;

/** A pattern as Grafana takes it, with or without slashes. Null for one that is not run here. */
function throughPattern(values: readonly string[], regex: string): readonly string[] | null {
  const [, body = regex, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(regex) ?? [];
  if (!runsShort(body) || values.some((value) => value.length > longestMatched)) return null;
  try {
    const pattern = new RegExp(body, flags.replace(/[^imsu]/g, ''));
    return values.flatMap((value) => {
      const found = pattern.exec(value);
      return found ? [found.groups?.value ?? found.groups?.text ?? found[1] ?? value] : [];
    });
  } catch {
    return null;
  }
}

/** Whether a pattern of somebody's dashboard ends soon on any text: nothing repeats what repeats, and little repeats. */
function runsShort(body: string): boolean {
  if (body.length > longestMatched || /\\[1-9k]/.test(body)) return false;
  const bare = body
    .replace(/\\./gs, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replace(/\(\?(?::|<?[=!]|P?<\w+>)/g, '(')
    .replace(/([*+?}])\?/g, '$1');
  const count = (mark: RegExp) => bare.match(mark)?.length ?? 0;
  return !/\)[*+?{]/.test(bare) && count(/[*+?{]/g) <= 3 && count(/\|/g) <= 8;
}

/** Grafana's numbers for an order: 1 and 2 by text, 3 and 4 by number, 5 and 6 without regard to case; even: descending. */
function sorted(values: readonly string[], sort: number): readonly string[] {
  const numbered = (text: string) => Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
  const orders: readonly ((a: string, b: string) => number)[] = [
    (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    (a, b) => numbered(a) - numbered(b) || 0,
    (a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en'),
  ];
  const order = orders[Math.ceil(sort / 2) - 1] ?? orders[0];
  const up = values.toSorted(order);
  return sort > 0 && sort % 2 === 0 ? up.toReversed() : up;
}
