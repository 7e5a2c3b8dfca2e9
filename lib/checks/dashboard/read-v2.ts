import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { DashboardRead, DatasourceVariable, PanelRead, QueryRead } from './dashboard.ts';
import { isPromql, readDatasource } from './datasource.ts';
import { isObject, listAt, objectAt, textAt } from './json-at.ts';
import { type Place, placesOf } from './layout-v2.ts';
import type { QueryNames } from './query-names.ts';
import { readFieldThresholds } from './thresholds.ts';

/** Where a dashboard stands, and what is read of it. */
interface Where {
  readonly at: string;
  readonly uid: string | null;
  readonly names: QueryNames;
  readonly most: number;
}

/** Reads a dashboard of schema v2 (alpha and beta): elements by name, and a layout that places them; at most `most`. */
export function readV2(spec: JsonObject, { at, uid, names, most }: Where): DashboardRead {
  const variables = listAt(spec, 'variables').flatMap((one): DatasourceVariable[] => {
    if (textAt(one, 'kind') !== 'DatasourceVariable') return [];
    const variable = objectAt(one, 'spec') ?? {};
    const name = textAt(variable, 'name');
    return name === null ? [] : [{ name, plugin: textAt(variable, 'pluginId'), kind: 'variable' }];
  });
  const places = placesOf(spec.layout);
  const panels = Object.entries(objectAt(spec, 'elements') ?? {})
    .slice(0, most)
    .map(([name, element]) =>
      readElement(element, places?.get(name) ?? null, places !== null, variables, names),
    );
  return { title: textAt(spec, 'title'), uid, schema: 'v2', schemaVersion: null, at, variables, panels };
}

function readElement(
  element: Json,
  place: Place | null,
  hasLayout: boolean,
  variables: readonly DatasourceVariable[],
  names: QueryNames,
): PanelRead {
  const spec = objectAt(element, 'spec') ?? {};
  const viz = objectAt(spec, 'vizConfig') ?? {};
  // The alpha named the plugin by `kind`; later ones have `kind: VizConfig` and the plugin as `group`.
  const type = textAt(viz, 'group') ?? textAt(viz, 'kind') ?? '';
  const library = objectAt(spec, 'libraryPanel');
  const defaults = objectAt(viz, 'spec', 'fieldConfig', 'defaults');
  return {
    title: textAt(spec, 'title') ?? textAt(library ?? {}, 'name') ?? '',
    type,
    row: place?.row ?? null,
    library: library ? (textAt(library, 'name') ?? textAt(library, 'uid') ?? '') : null,
    repeat: place?.repeat ?? null,
    unplaced: hasLayout && place === null,
    queries: listAt(objectAt(spec, 'data', 'spec') ?? {}, 'queries').map((query) =>
      readQuery(query, variables, names),
    ),
    thresholds: readFieldThresholds(defaults, type),
    unit: textAt(defaults ?? {}, 'unit') || null,
  };
}

function readQuery(written: Json, variables: readonly DatasourceVariable[], names: QueryNames): QueryRead {
  const spec = objectAt(written, 'spec') ?? {};
  const query = objectAt(spec, 'query') ?? {};
  const kind = textAt(query, 'kind');
  const plugin = textAt(query, 'group') ?? (kind === 'DataQuery' ? null : kind);
  const asked = objectAt(query, 'datasource') ?? objectAt(spec, 'datasource');
  const datasource = readDatasource(
    asked ? { type: plugin, ...asked } : plugin === '__expr__' ? { type: plugin } : undefined,
    variables,
  );
  const expr = textAt(objectAt(query, 'spec') ?? {}, 'expr');
  // Where nothing is said of the datasource, its plugin still is.
  const known =
    datasource.kind === 'default' && plugin ? { kind: 'fixed' as const, plugin, uid: '' } : datasource;
  const promql = isPromql(known, expr);
  return {
    refId: textAt(spec, 'refId'),
    hidden: isObject(spec) && spec.hidden === true,
    datasource,
    language: promql ? 'promql' : 'other',
    expr: expr ?? '',
    sketched: false,
    names: promql ? names.of(expr ?? '') : { ok: true, names: [], patterns: [] },
  };
}
