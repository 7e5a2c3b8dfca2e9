import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { DashboardRead, DatasourceRead, DatasourceVariable, PanelRead, QueryRead } from './dashboard.ts';
import { isMixed, isPromql, readDatasource } from './datasource.ts';
import { isObject, listAt, numberAt, objectAt, textAt } from './json-at.ts';
import type { QueryNames } from './query-names.ts';
import { fieldDefaults, readThresholds } from './thresholds.ts';

/** What of a dashboard its panels refer to. */
interface Context {
  readonly names: QueryNames;
  readonly most: number;
  readonly variables: readonly DatasourceVariable[];
  /** Library panels that an export carries along, by uid. */
  readonly library: JsonObject;
}

const firstWithGrid = 16;

/** Reads a dashboard of the classic schema, from the rows of the first Grafanas on; no more than `most` panels. */
export function readV1(
  dashboard: JsonObject,
  { at, names, most }: { readonly at: string; readonly names: QueryNames; readonly most: number },
): DashboardRead {
  const variables = [
    ...listAt(objectAt(dashboard, 'templating') ?? {}, 'list').flatMap((one) =>
      textAt(one, 'type') === 'datasource' ? variableOf(one, textAt(one, 'query'), 'variable') : [],
    ),
    ...listAt(dashboard, '__inputs').flatMap((one) =>
      textAt(one, 'type') === 'datasource' ? variableOf(one, textAt(one, 'pluginId'), 'input') : [],
    ),
  ];
  const context: Context = { names, most, variables, library: objectAt(dashboard, '__elements') ?? {} };
  const panels: PanelRead[] = [];
  const schemaVersion = numberAt(dashboard, 'schemaVersion');
  // Grafana makes panels of rows where the dashboard is older than the grid, and looks at none in a later one.
  for (const row of (schemaVersion ?? 0) < firstWithGrid ? listAt(dashboard, 'rows') : [])
    readPanels(listAt(row, 'panels'), rowTitle(row), context, panels);
  readPanels(listAt(dashboard, 'panels'), null, context, panels);
  return {
    title: textAt(dashboard, 'title'),
    uid: textAt(dashboard, 'uid'),
    schema: 'v1',
    schemaVersion,
    at,
    variables,
    panels,
  };
}

function variableOf(
  one: Json,
  plugin: string | null,
  kind: DatasourceVariable['kind'],
): DatasourceVariable[] {
  const name = textAt(one, 'name');
  return name === null ? [] : [{ name, plugin, kind }];
}

function rowTitle(row: Json): string | null {
  return textAt(row, 'title') || null;
}

/** Panels in order; those after an open row are in it, those of a collapsed one inside it. Others hold none. */
function readPanels(
  list: readonly Json[],
  first: string | null,
  context: Context,
  panels: PanelRead[],
): void {
  const open = [{ list, next: 0, row: first }];
  for (let level = open.at(-1); level && panels.length < context.most; level = open.at(-1)) {
    if (level.next >= level.list.length) {
      open.pop();
      continue;
    }
    const panel = level.list[level.next];
    level.next += 1;
    if (!isObject(panel)) continue;
    if (panel.type === 'row') level.row = rowTitle(panel);
    else panels.push(readPanel(panel, level.row, context));
    if (panel.type === 'row' && panel.collapsed !== false && Array.isArray(panel.panels))
      open.push({ list: panel.panels, next: 0, row: level.row });
  }
}

function readPanel(written: JsonObject, row: string | null, context: Context): PanelRead {
  const reference = objectAt(written, 'libraryPanel');
  const carried = reference ? objectAt(context.library, textAt(reference, 'uid') ?? '', 'model') : null;
  const panel: JsonObject = carried ?? written;
  const hasContent =
    carried !== null || Array.isArray(written.targets) || typeof written.targets === 'string';
  const type = typeOf(panel);
  const datasource = readDatasource(panel.datasource, context.variables);
  const targets = typeof panel.targets === 'string' ? [panel.targets] : listAt(panel, 'targets');
  return {
    title: textAt(written, 'title') ?? textAt(panel, 'title') ?? textAt(reference ?? {}, 'name') ?? '',
    type,
    row,
    library: reference && !hasContent ? (textAt(reference, 'name') ?? textAt(reference, 'uid') ?? '') : null,
    repeat: textAt(written, 'repeat') || null,
    unplaced: false,
    queries: targets.map((target) => readTarget(target, datasource, context)),
    thresholds: readThresholds(panel, type),
    unit: textAt(fieldDefaults(panel) ?? {}, 'unit') || textAt(panel, 'format') || null,
  };
}

/** The table that went with Angular had the name of the one that came after it, and styles of its own. */
function typeOf(panel: JsonObject): string {
  const type = textAt(panel, 'type') ?? '';
  return type === 'table' && Array.isArray(panel.styles) && !isObject(panel.fieldConfig) ? 'table-old' : type;
}

function readTarget(target: Json, panels: DatasourceRead, { names, variables }: Context): QueryRead {
  const sketched = typeof target === 'string';
  const own = isObject(target)
    ? readDatasource(target.datasource, variables)
    : ({ kind: 'default' } as const);
  // A query that says nothing asks what its panel asks; a panel of many leaves it to the query.
  const datasource = own.kind === 'default' && !isMixed(panels) ? panels : own;
  const expr = sketched ? target : textAt(target, 'expr');
  const promql = isPromql(datasource, expr);
  return {
    refId: textAt(target, 'refId'),
    hidden: isObject(target) && target.hide === true,
    datasource,
    language: promql ? 'promql' : 'other',
    expr: expr ?? '',
    sketched,
    names: promql ? names.of(expr ?? '') : { ok: true, names: [], patterns: [] },
  };
}
