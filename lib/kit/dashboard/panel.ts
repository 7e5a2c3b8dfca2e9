import { writeDuration } from '#lib/domain/duration.ts';
import type { KitSpec, PanelSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { datasource } from './datasource.ts';
import { describePanel } from './description.ts';
import type { GridPos, Room } from './layout.ts';
import { runbooksOf } from './runbook-link.ts';
import { fieldDefaults, valueColumn, vizOptions } from './viz.ts';

/** The plugin version that the options below are of. */
const pluginVersion = '12.0.2';

/** One panel of Grafana's classic schema. Keys stand in one order, so that the same spec gives the same bytes. */
export function grafanaPanel(panel: PanelSpec, id: number, gridPos: GridPos, spec: Spec, kit: KitSpec) {
  const threshold = (spec.thresholds ?? []).find((one) => one.id === panel.threshold) ?? null;
  const runbooks = threshold ? runbooksOf(threshold.id, spec, kit) : [];
  const drawn = { panel, threshold, several: drawsSeveral(panel) };
  return {
    id,
    type: panel.type,
    title: panel.title,
    description: describePanel(panel, threshold, runbooks),
    gridPos: { h: gridPos.h, w: gridPos.w, x: gridPos.x, y: gridPos.y },
    datasource,
    fieldConfig: { defaults: fieldDefaults(drawn), overrides: [] },
    links: runbooks.flatMap(({ runbook, alerts, url }) =>
      url === null ? [] : [panelLink(`Runbook ${runbook.title}: ${alerts.join(', ')}`, url)],
    ),
    options: vizOptions(drawn),
    pluginVersion,
    targets: panel.queries.map((query, at) => target(panel, query, at)),
    ...(panel.overMs === null ? {} : { timeFrom: writeDuration(panel.overMs) }),
    ...(panel.type === 'table' ? { transformations: tableTransformations(panel) } : {}),
  };
}

function panelLink(title: string, url: string) {
  return {
    asDropdown: false,
    icon: 'doc',
    includeVars: false,
    keepTime: false,
    tags: [],
    targetBlank: true,
    title,
    tooltip: '',
    type: 'link' as const,
    url,
  };
}

/** Tables and gauges of bars ask for now; what draws over time asks for the whole of it. */
export function asksForNow({ type }: PanelSpec): boolean {
  return type === 'table' || type === 'bargauge';
}

function target(panel: PanelSpec, query: PanelSpec['queries'][number], at: number) {
  const instant = asksForNow(panel);
  return {
    refId: refId(at),
    datasource,
    editorMode: 'code',
    exemplar: false,
    expr: query.expr,
    format: panel.type === 'table' ? 'table' : panel.type === 'heatmap' ? 'heatmap' : 'time_series',
    instant,
    legendFormat: query.legend ?? (panel.type === 'heatmap' ? '{{le}}' : panel.title),
    range: !instant,
  };
}

/** A, B, … Z: a panel has twenty queries at most. */
function refId(at: number): string {
  return String.fromCharCode(65 + at);
}

/** One table without times, its values under a heading that says what they are. */
function tableTransformations(panel: PanelSpec) {
  const many = panel.queries.length > 1;
  const renameByName = Object.fromEntries(
    panel.queries.map((_, at) => [many ? `Value #${refId(at)}` : 'Value', valueColumn(panel, at)]),
  );
  return [
    ...(many ? [{ id: 'merge', options: {} }] : []),
    { id: 'organize', options: { excludeByName: { Time: true }, indexByName: {}, renameByName } },
  ];
}

/** A legend with a label in it names several lines. */
function drawsSeveral({ queries }: PanelSpec): boolean {
  return queries.length > 1 || queries.some(({ legend }) => legend?.includes('{{') ?? false);
}

/** How much room a panel wants in the grid. */
export function roomOf(panel: PanelSpec): Room {
  switch (panel.type) {
    case 'stat':
    case 'gauge':
      return drawsSeveral(panel) ? 'several' : 'single';
    case 'table':
      return panel.queries.length > 1 ? 'full' : 'half';
    default:
      return 'half';
  }
}
