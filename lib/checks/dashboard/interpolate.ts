import { referred, variableReference } from './variable-reference.ts';
import type { DashboardVariable } from './variables.ts';

export type Interpolated =
  | { readonly ok: true; readonly expr: string }
  /** A variable that nothing says the value of. */
  | { readonly ok: false; readonly variable: string };

/** Grafana fills these in itself, by the range and the interval that a query is sent with. */
const grafanasOwn = /^__(?:rate_interval|interval|interval_ms|range|range_s|range_ms)$/;

/**
 * A query with the dashboard's variables filled in, as Grafana's Prometheus data source does it: one value as it is, but
 * for its backslashes, and for the quotes of one that a target told: that would else end the text it stands in. Several as `(a|b)` with regular expressions' signs escaped, other forms by the name behind the colon.
 * https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */
export function interpolate(expr: string, variables: ReadonlyMap<string, DashboardVariable>): Interpolated {
  let unknown: string | null = null;
  const filled = expr.replace(variableReference('g'), (whole, ...rest) => {
    const { name, format } = referred(rest.at(-1));
    if (grafanasOwn.test(name)) return whole;
    // Of a value with fields (`a.b`) the variable is what stands before the dot.
    const [own = name] = name.split('.');
    const variable = variables.get(own);
    if (!variable?.values) {
      unknown ??= own;
      return whole;
    }
    return write(variable, format);
  });
  return unknown === null ? { ok: true, expr: filled } : { ok: false, variable: unknown };
}

function write({ values, multi, isPattern, asks }: DashboardVariable, format: string | null): string {
  const all = values ?? [];
  switch (format) {
    case 'csv':
    case 'raw':
      return all.join(',');
    case 'pipe':
      return all.join('|');
    case 'doublequote':
      return all.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(',');
    case 'singlequote':
      return all.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(',');
    default:
      break;
  }
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) return `(${all.map(escaped).join('|')})`;
  if (isPattern) return only;
  return multi ? escaped(only) : withinText(only, asks !== null);
}

function withinText(value: string, isTold: boolean): string {
  return value.replace(isTold ? /[\\"]/g : /\\/g, '\\$&');
}

/** A value inside a regular expression that stands in a PromQL text: RE2's signs, and the text's own. */
function escaped(value: string): string {
  return value
    .replace(/[\\^$*+?.()|[\]{}]/g, '\\$&')
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"');
}
