import { writeDuration } from '#lib/domain/duration.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { DashboardSpec, KitSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { datasourceVariable } from './datasource.ts';
import { grafanaPanel } from './panel.ts';
import { placedPanels } from './place.ts';

/** Grafana's dashboards, one file each: imported by hand, provisioned and sent by API as they are. Pure. */
export function dashboardFiles(spec: Spec): readonly KitFile[] {
  const { kit } = spec;
  if (!kit) return [];
  return kit.dashboards.map((dashboard) => ({
    path: dashboard.file,
    part: 'dashboards',
    title: `Grafana dashboard ${dashboard.title}`,
    text: `${JSON.stringify(grafanaDashboard(dashboard, spec, kit), null, 2)}\n`,
    executable: false,
    format: 'grafana-dashboard',
    corrections: kit.corrections.filter(({ about }) => about.includes('dashboards')),
  }));
}

/** The classic schema's version that Grafana 11.6, 12.0 and 12.1 write; later ones read it. */
const schemaVersion = 41;

/** One dashboard in Grafana's classic schema, without its database id: the uid is what stays the same. */
export function grafanaDashboard(dashboard: DashboardSpec, spec: Spec, kit: KitSpec) {
  return {
    id: null,
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.about ?? '',
    tags: [spec.launch.id],
    timezone: 'browser',
    schemaVersion,
    editable: true,
    graphTooltip: 1 as const,
    fiscalYearStartMonth: 0,
    liveNow: false,
    refresh: dashboard.refreshMs === null ? '' : writeDuration(dashboard.refreshMs),
    time: { from: `now-${writeDuration(dashboard.overMs)}`, to: 'now' },
    timepicker: {},
    links: siblings(spec, kit),
    annotations: { list: [] },
    templating: { list: [datasourceVariable] },
    panels: placedPanels(dashboard).map(({ panel, id, grid }) => grafanaPanel(panel, id, grid, spec, kit)),
  };
}

/** With more than one dashboard, each leads to the others by the launch's tag. */
function siblings(spec: Spec, kit: KitSpec) {
  if (kit.dashboards.length < 2) return [];
  return [
    {
      asDropdown: false,
      icon: 'external link',
      includeVars: true,
      keepTime: true,
      tags: [spec.launch.id],
      targetBlank: false,
      title: spec.launch.title,
      tooltip: '',
      type: 'dashboards' as const,
      url: '',
    },
  ];
}
