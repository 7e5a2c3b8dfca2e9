import { shown } from '../metrics/words.ts';
import { comparePanel, type PanelCompared, wantedMetrics } from './compare-panel.ts';
import type { DashboardRead, PanelRead } from './dashboard.ts';
import type { PanelWanted } from './wanted.ts';

/** What a dashboard has of one wanted panel. */
export interface PanelFinding extends PanelCompared {
  readonly wanted: PanelWanted;
  readonly there: boolean;
}

/** Holds a dashboard against the wanted panels, each found by its title. Other panels and their order do not matter. */
export function compareDashboard(
  dashboard: DashboardRead,
  wanted: readonly PanelWanted[],
): readonly PanelFinding[] {
  const titles = new Set(wanted.map(({ title }) => title));
  return wanted.map((one): PanelFinding => {
    const best = panelFor(dashboard, one);
    if (best) return { wanted: one, there: true, ...best.compared };
    const other = renamed(dashboard.panels, one, titles);
    const hint = other === null ? '' : `; “${shown(other)}” asks for the same`;
    const way =
      other === null
        ? `Add a ${one.type} “${one.title}” that asks \`${one.queries[0]?.expr ?? ''}\`.`
        : `Call “${shown(other)}” “${one.title}” again, if it is that.`;
    return {
      wanted: one,
      there: false,
      faults: [{ verdict: 'fail', what: `it is not there${hint}`, way }],
      otherwise: [],
      unseen: wantedMetrics(one),
    };
  });
}

/** The panel that is meant by a wanted one: of several by its title the one with the fewest faults, and the first of those. */
export function panelFor(
  { panels }: DashboardRead,
  wanted: PanelWanted,
): { readonly panel: PanelRead; readonly compared: PanelCompared } | null {
  const compared = panels
    .filter(({ title }) => title.trim() === wanted.title)
    .map((panel) => ({ panel, compared: comparePanel(panel, wanted) }))
    .sort((one, other) => one.compared.faults.length - other.compared.faults.length);
  return compared[0] ?? null;
}

/** The title of a panel that nobody wants and that reads all that the wanted one should. */
function renamed(
  panels: readonly PanelRead[],
  { queries }: PanelWanted,
  titles: ReadonlySet<string>,
): string | null {
  const metrics = queries.flatMap(({ metrics }) => metrics);
  const found = panels.find(({ title, queries: asked }) => {
    if (title === '' || titles.has(title.trim())) return false;
    const read = new Set(asked.flatMap(({ names }) => (names.ok ? names.names : [])));
    return metrics.length > 0 && metrics.every((name) => read.has(name));
  });
  return found?.title ?? null;
}
