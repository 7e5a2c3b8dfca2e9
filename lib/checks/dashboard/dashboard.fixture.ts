import type { JsonObject } from '#lib/domain/json.ts';
import type { DashboardRead, PanelRead } from './dashboard.ts';
import { readDashboards } from './read-dashboards.ts';

/** The dashboards of a document that holds some. */
export function dashboardsOf(value: string | object): readonly DashboardRead[] {
  const read = readDashboards(typeof value === 'string' ? value : JSON.stringify(value));
  if (!read.ok) throw new Error(read.message);
  return read.dashboards;
}

/** Their panels. */
export function panelsOf(value: string | object): readonly PanelRead[] {
  return dashboardsOf(value).flatMap(({ panels }) => panels);
}

const prometheus = { type: 'prometheus', uid: '$ds' };
/** A panel with one query. */
export const panel = (title: string, expr: string, more: JsonObject = {}): JsonObject => ({
  title,
  type: 'timeseries',
  datasource: prometheus,
  targets: [{ refId: 'A', expr }],
  ...more,
});
