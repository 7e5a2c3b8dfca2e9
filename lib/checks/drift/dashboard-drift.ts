import type { DriftDifference } from '#lib/domain/drift.ts';
import type { GrafanaDataSource } from '#lib/domain/observations/grafana.ts';
import type { DashboardRead, PanelRead } from '../dashboard/dashboard.ts';
import { currentType } from '../dashboard/panel-type.ts';
import { shown } from '../metrics/words.ts';
import { pairUp } from './pairs.ts';
import { askedBy, type Known, queriesApart } from './queries.ts';
import { QueryMeanings } from './query-meanings.ts';
import { thresholdsApart } from './thresholds.ts';

/**
 * Where a dashboard that Grafana holds says something else than a file: panels by their titles, or by what they ask
 * where a title is new. Layout, order, the names of queries, colours of lines and what Grafana adds by itself are no
 * difference. Pure; takes time in proportion to the panels.
 */
export function dashboardDrift(
  file: DashboardRead,
  held: DashboardRead,
  dataSources: readonly GrafanaDataSource[] | null = null,
): readonly DriftDifference[] {
  const known: Known = { meanings: new QueryMeanings(), dataSources };
  const [ours, theirs] = [file, held].map(({ panels }) => panels.filter(({ unplaced }) => !unplaced));
  const names = namesOf(ours ?? [], theirs ?? []);
  const nameOf = (panel: PanelRead) => names.get(panel) ?? titleOf(panel);
  const repeated = new Set(
    [...names].flatMap(([panel, name]) => (name === titleOf(panel) ? [] : titleOf(panel))),
  );
  const {
    pairs,
    file: gone,
    runs: added,
  } = pairUp(ours ?? [], theirs ?? [], [
    // Where one panel alone has a title, nothing need be parsed to find it.
    (panel) => (repeated.has(titleOf(panel)) ? null : titleOf(panel)),
    (panel) => `${titleOf(panel)}\n${alike(panel, known)}`,
    titleOf,
    (panel) => alike(panel, known),
    (panel) => askedBy(panel, known.meanings),
  ]);
  return [
    ...renamedDashboard(file, held),
    ...pairs.flatMap(([one, other]) => panelDrift(one, other, nameOf(one), known)),
    ...gone.map((panel) => whole(panel, 'panel-gone', nameOf(panel))),
    ...added.map((panel) => whole(panel, 'panel-added', nameOf(panel))),
  ];
}

function titleOf({ title }: PanelRead): string {
  return title.trim();
}

/** Type and questions of a panel; null where it asks nothing, so that its title alone tells it. */
function alike(panel: PanelRead, { meanings }: Known): string | null {
  const asked = askedBy(panel, meanings);
  return asked === null ? null : `${currentType(panel.type)}\n${asked}`;
}

/** Panels' titles, each with its number where several of one dashboard have it. */
function namesOf(...dashboards: readonly (readonly PanelRead[])[]): ReadonlyMap<PanelRead, string> {
  const names = new Map<PanelRead, string>();
  for (const panels of dashboards) {
    const met = new Map<string, number>();
    for (const panel of panels) {
      const title = titleOf(panel);
      const number = (met.get(title) ?? 0) + 1;
      met.set(title, number);
      names.set(panel, number === 1 ? title : `${title} (${number})`);
    }
  }
  return names;
}

function renamedDashboard(file: DashboardRead, held: DashboardRead): readonly DriftDifference[] {
  if (file.title === null || held.title === null || file.title.trim() === held.title.trim()) return [];
  const says = `dashboard is called “${shown(held.title)}”, not “${shown(file.title)}”`;
  const told = { file: shown(file.title), runs: shown(held.title) };
  return [
    { kind: 'dashboard-renamed', key: 'title', subject: shown(file.title), at: 'title', ...told, says },
  ];
}

function whole(panel: PanelRead, kind: 'panel-added' | 'panel-gone', name: string): DriftDifference {
  const asks = panel.queries.map(({ expr }) => clip(expr)).join('; ');
  const content = `${shown(panel.type)}${asks === '' ? '' : `: ${asks}`}`;
  const isGone = kind === 'panel-gone';
  return {
    kind,
    key: `${isGone ? '' : '+'}${name}`,
    subject: shown(name),
    at: `panels › “${titleOf(panel)}”`,
    file: isGone ? content : null,
    runs: isGone ? null : content,
    says: isGone ? 'panel gone' : 'panel added',
  };
}

function panelDrift(
  file: PanelRead,
  held: PanelRead,
  name: string,
  known: Known,
): readonly DriftDifference[] {
  const subject = shown(name);
  const place = `panels › “${titleOf(file)}”`;
  const found: DriftDifference[] = [];
  const add = (part: string, at: string, told: Pick<DriftDifference, 'kind' | 'file' | 'runs' | 'says'>) =>
    found.push({ key: `${name}\n${part}`, subject, at: `${place} › ${at}`, ...told });
  if (titleOf(file) !== titleOf(held)) {
    const told = { file: shown(file.title), runs: shown(held.title) };
    add('title', 'title', { kind: 'panel-renamed', ...told, says: `panel renamed “${told.runs}”` });
  }
  // What a library panel shows stands elsewhere: one that the file refers to says nothing to compare.
  if (file.library !== null) return found;
  if (held.library !== null) {
    const says = `panel shows the library panel “${shown(held.library)}”, which was not found`;
    add('library', 'type', { kind: 'panel-library', file: shown(file.type), runs: 'a library panel', says });
    return found;
  }
  const isOfType = currentType(file.type) === currentType(held.type);
  if (!isOfType) {
    const told = { file: shown(file.type), runs: shown(held.type) };
    add('type', 'type', { kind: 'panel-type', ...told, says: `type is ${told.runs}, not ${told.file}` });
  }
  for (const { file: asked, runs, ...told } of queriesApart(file, held, known)) {
    const isSource = told.kind === 'datasource-changed';
    const part = isSource ? 'datasource' : asked === null ? `+${known.meanings.of(runs ?? '')}` : asked;
    const clipped = { file: asked === null ? null : clip(asked), runs: runs === null ? null : clip(runs) };
    add(part, isSource ? 'datasource' : 'targets', { ...told, ...clipped });
  }
  // How another type shows its bounds says nothing.
  const drawn = isOfType ? held.thresholds.drawn : file.thresholds.drawn;
  const bounds = thresholdsApart(file.thresholds, { ...held.thresholds, drawn });
  if (bounds) add('thresholds', 'fieldConfig › defaults › thresholds', bounds);
  if (unitOf(file) !== unitOf(held)) {
    const told = { file: unitOf(file), runs: unitOf(held) };
    add('unit', 'fieldConfig › defaults › unit', {
      kind: 'panel-unit',
      ...told,
      says: `unit is ${told.runs ?? 'none'}, not ${told.file ?? 'none'}`,
    });
  }
  return found;
}

/** `none` is Grafana's word for what says nothing. */
function unitOf({ unit }: PanelRead): string | null {
  return unit === null || unit === 'none' ? null : shown(unit);
}

function clip(text: string): string {
  return shown(text.replace(/\s+/g, ' ').trim(), 2000);
}
