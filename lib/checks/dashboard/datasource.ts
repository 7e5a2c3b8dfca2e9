import type { Json } from '#lib/domain/json.ts';
import type { DatasourceRead, DatasourceVariable } from './dashboard.ts';
import { isObject, textAt } from './json-at.ts';

/** Grafana's own, by uid or by the older name. */
const own = new Set(['__expr__', '-- Grafana --', '-- Dashboard --', 'grafana', '-- Mixed --']);
/** Named by Grafana where a query that says nothing is one for the default. */
const standsForDefault = new Set(['default', '']);

/** What a panel or a query asks, in any of the ways in which dashboards have said it. */
export function readDatasource(
  value: Json | undefined,
  variables: readonly DatasourceVariable[],
): DatasourceRead {
  if (typeof value === 'string') return named(value, null, variables);
  if (!isObject(value)) return { kind: 'default' };
  const uid = textAt(value, 'uid') ?? textAt(value, 'name');
  const plugin = textAt(value, 'type');
  if (uid === null)
    return plugin !== null && own.has(plugin) ? { kind: 'own', uid: plugin } : { kind: 'default' };
  return named(uid, plugin, variables);
}

/** A panel of many datasources leaves it to each query. */
export function isMixed(datasource: DatasourceRead): boolean {
  return datasource.kind === 'own' && datasource.uid === '-- Mixed --';
}

function named(uid: string, plugin: string | null, variables: readonly DatasourceVariable[]): DatasourceRead {
  if (standsForDefault.has(uid)) return { kind: 'default' };
  if (own.has(uid) || plugin === '__expr__') return { kind: 'own', uid };
  const match = /\$\{?(\w+)|\[\[(\w+)/.exec(uid);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return { kind: 'fixed', plugin, uid };
  const variable = variables.find((one) => one.name === name);
  return {
    kind: 'variable',
    plugin: plugin ?? variable?.plugin ?? null,
    name,
    known: variable?.kind ?? 'nowhere',
  };
}

/** Plugins whose queries are PromQL, so that their `expr` is read by its grammar. */
const otherLanguages =
  /loki|logs|tempo|elastic|influx|sql|graphite|cloudwatch|testdata|jaeger|zipkin|infinity|pyroscope|parca/i;

/**
 * Whether a query is PromQL. `expr` is the field of Prometheus and of what speaks its language, under whatever name;
 * Loki has it too, and where no plugin is said its filters over lines give it away.
 */
export function isPromql(datasource: DatasourceRead, expr: string | null): boolean {
  if (expr === null || datasource.kind === 'own') return false;
  const plugin = datasource.kind === 'default' ? null : datasource.plugin;
  if (plugin !== null) return !otherLanguages.test(plugin);
  return !/\|[=~]|\|\s*(?:json|logfmt|line_format|label_format|unwrap|pattern|regexp|unpack)\b/.test(expr);
}
