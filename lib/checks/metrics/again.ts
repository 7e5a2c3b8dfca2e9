import type { Judgement } from '#lib/domain/judgement.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { Declared } from './declaration.ts';
import { spanWords } from './words.ts';

const longestHref = 4000;
const longestText = 20_000;

/** A name as a selector that every version of PromQL reads. */
export function selector(name: string, matcher: string | null = null): string {
  if (/^[a-zA-Z_:][\w:]*$/.test(name)) return matcher === null ? name : `${name}{${matcher}}`;
  return `{__name__=${JSON.stringify(name)}${matcher === null ? '' : `,${matcher}`}}`;
}

/** A metric's series as Prometheus holds them: a histogram's or summary's by its count, and of its job alone. */
export function metricSelector(seen: MetricSeen, declared: Declared, matcher: string | null): string {
  const matchers = [
    ...(declared.job === null ? [] : [`job=${JSON.stringify(declared.job)}`]),
    ...(matcher ? [matcher] : []),
  ];
  const all = matchers.length === 0 ? null : matchers.join(',');
  const names = queriedNames(seen, declared);
  const [first] = names;
  return names.length === 1 && first !== undefined ? selector(first, all) : manySelector(names, all);
}

/** Names under which a metric's series stand, or would. */
export function queriedNames({ form, name }: MetricSeen, { type }: Declared): readonly string[] {
  if (form === 'classic-histogram') return [`${name}_count`];
  if (form === 'summary' && type !== null) return [`${name}_count`];
  return form === null && (type === 'histogram' || type === 'summary') ? [name, `${name}_count`] : [name];
}

/** A selector over many names. */
export function manySelector(names: readonly string[], matcher: string | null = null): string {
  const [first] = names;
  if (names.length === 1 && first !== undefined) return selector(first, matcher);
  const pattern = names.map((name) => name.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')).join('|');
  return `{__name__=~${JSON.stringify(pattern)}${matcher === null ? '' : `,${matcher}`}}`;
}

/** The resolved query, to be run again by anyone, with Prometheus's own page for it where that is not too long. */
export function promqlAgain(
  address: string | undefined,
  text: string,
  options: { readonly fault?: string | null; readonly rangeMs?: number } = {},
): Judgement['again'] {
  const range =
    options.rangeMs === undefined
      ? ''
      : `&g0.range_input=${spanWords(options.rangeMs).replace(/[ in]/g, '')}`;
  const tab = options.rangeMs === undefined ? 1 : 0;
  const href = `${address?.replace(/\/+$/, '')}/graph?g0.expr=${encodeURIComponent(text.toWellFormed())}&g0.tab=${tab}${range}`;
  const fault = options.fault ?? null;
  return {
    language: 'promql',
    text: text.length > longestText ? `${text.slice(0, longestText)}…` : text,
    fault: fault !== null && text.includes(fault) ? fault : null,
    href: address === undefined || href.length > longestHref ? null : href,
  };
}
