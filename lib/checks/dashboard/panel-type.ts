import { shown } from '../metrics/words.ts';

/** Types that went with Angular, and what took their place: no current Grafana draws them as they are. */
const angular: Readonly<Record<string, string>> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'table-old': 'table',
  'grafana-singlestat-panel': 'stat',
  'grafana-piechart-panel': 'piechart',
  'grafana-worldmap-panel': 'geomap',
};

/** Names that a type had in one version or another of Grafana. */
const renamed: Readonly<Record<string, string>> = {
  singlestat2: 'stat',
  'heatmap-new': 'heatmap',
  newgauge: 'gauge',
  radialbar: 'gauge',
  table2: 'table',
};

/** The type that a current Grafana shows for one of any version: it makes of the older ones what took their place. */
export function currentType(type: string): string {
  if (Object.hasOwn(angular, type)) return angular[type] ?? type;
  return Object.hasOwn(renamed, type) ? (renamed[type] ?? type) : type;
}

/** What is wrong with a panel's type, in words; null when it is the one that is wanted, under any of its names. */
export function typeFault(type: string, wanted: string): string | null {
  if (type === '') return `it has no type, where \`${wanted}\` is wanted`;
  const successor = Object.hasOwn(angular, type) ? angular[type] : undefined;
  if (successor !== undefined)
    return `its type \`${type}\` went with Angular; \`${successor}\` took its place`;
  const current = Object.hasOwn(renamed, type) ? renamed[type] : type;
  return current === wanted ? null : `it is of the type \`${shown(type)}\`, not \`${wanted}\``;
}
