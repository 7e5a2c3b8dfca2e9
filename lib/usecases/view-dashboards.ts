import { askedOf, choose, type DashboardBound, seenIn } from '#lib/checks/dashboard/chosen.ts';
import { compareDashboard, panelFor } from '#lib/checks/dashboard/compare-dashboard.ts';
import type { ThresholdsRead } from '#lib/checks/dashboard/dashboard.ts';
import { type PanelNow, panelsNow } from '#lib/checks/dashboard/live-panels.ts';
import type { LiveQuery } from '#lib/checks/dashboard/live-queries.ts';
import { saidOf } from '#lib/checks/dashboard/panel-tally.ts';
import { asksTheSame } from '#lib/checks/dashboard/same-query.ts';
import { shown } from '#lib/checks/metrics/words.ts';
import type { DashboardOnScreen, DashboardsView, PanelOnScreen } from '#lib/domain/dashboards-view.ts';
import type { DashboardSpec, PanelSpec } from '#lib/domain/kit-spec.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Spec, ThresholdSpec } from '#lib/domain/spec.ts';
import { worstVerdict } from '#lib/domain/verdict.ts';
import { type House, house } from '#lib/server/house.ts';
import { type CheckSeen, checksSeen } from './checks-seen.ts';
import type { PlannedCheck } from './plan.ts';
import { noSuchLaunch } from './problems.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

const mostLines = 3;

/** Every dashboard that an item wants in Grafana, panel by panel, drawn from the data of the newest evidence. */
export async function viewDashboards(id: string, at: House = house()): Promise<Result<DashboardsView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const checks = await checksSeen(at.db, now, 'dashboard', nowMs);
  const shown = checks.flatMap((seen) => {
    const wanted = dashboardOf(seen.planned, now.launch.spec);
    return wanted ? [onScreen(seen, wanted, now.launch.spec, nowMs)] : [];
  });
  return { ok: true, value: summary(now, shown) };
}

function dashboardOf({ check }: PlannedCheck, { kit }: Spec): DashboardSpec | null {
  return kit?.dashboards.find(({ id }) => id === check.parameters.dashboard) ?? null;
}

function onScreen(
  { planned: { item, check, bound, source }, observations, ...says }: CheckSeen,
  wanted: DashboardSpec,
  spec: Spec,
  nowMs: number,
): DashboardOnScreen {
  const [first, ...rest] = observations;
  // The bound parameters are this kind's own, made by its `bind`.
  const own = bound as unknown as DashboardBound;
  const seen = first ? seenIn(first) : null;
  const chosen = seen ? choose(seen, own) : null;
  const held = chosen?.ok ? chosen : null;
  const asked = held && seen ? askedOf(held, seen, own, source?.id ?? '', rest) : null;
  const [queries, answers] = [asked?.queries ?? [], asked?.answers ?? []];
  const panels = held
    ? panelsNow({
        held: held.held,
        unseen: seen?.unseen ?? [],
        dashboard: held.dashboard,
        findings: compareDashboard(held.dashboard, own.panels),
        queries,
        answers,
        straight: null,
      })
    : [];
  const endedMs = rest[0] ? Date.parse(rest[0].observedAt) : nowMs;
  const range = { from: (endedMs - own.rangeMs) / 1000, to: endedMs / 1000 };
  return {
    item: { id: item.id, title: item.title },
    check: check.id,
    id: wanted.id,
    title: wanted.title,
    uid: own.uid,
    ...says,
    observedAt: first?.observedAt ?? null,
    held: held
      ? {
          folder: shown(held.held.folder),
          version: held.held.version,
          updatedAt: held.held.updatedAt,
          href: held.held.href,
        }
      : null,
    panels: wanted.panels.map((panel) => {
      const found = panels.find(({ finding }) => finding.wanted.title === panel.title) ?? null;
      const unheld = chosen?.ok === false && chosen.verdict === 'fail' ? 'missing' : 'unknown';
      const read = held && found ? panelFor(held.dashboard, found.finding.wanted)?.panel : null;
      return panelOnScreen(
        { panel, threshold: spec.thresholds?.find(({ id }) => id === panel.threshold) ?? null },
        found ?? unheld,
        { shown: shownBy(panel.title, queries, answers), thresholds: read?.thresholds ?? null },
        range,
      );
    }),
  };
}

/** What a panel's own queries returned, in the order in which they were asked. */
function shownBy(
  title: string,
  queries: readonly LiveQuery[],
  answers: readonly PanelDataSeen[],
): readonly { readonly expr: string; readonly data: PanelDataSeen }[] {
  const asked = queries.flatMap((query) => (query.ok ? [query] : []));
  return asked.flatMap((query, index) => {
    const data = answers[index];
    return query.title === title && query.purpose === 'shows' && data
      ? [{ expr: query.question.expr, data }]
      : [];
  });
}

function panelOnScreen(
  { panel, threshold }: { readonly panel: PanelSpec; readonly threshold: ThresholdSpec | null },
  found: PanelNow | 'missing' | 'unknown',
  held: { readonly shown: ReturnType<typeof shownBy>; readonly thresholds: ThresholdsRead | null },
  range: PanelOnScreen['range'],
): PanelOnScreen {
  const { shown } = held;
  const series = shown.flatMap(({ data }) => data.series);
  const wanted = panel.queries[0]?.expr ?? '';
  const other = shown.find(({ expr }) => !panel.queries.some((query) => asksTheSame(expr, query.expr)));
  return {
    title: panel.title,
    state: typeof found === 'string' ? found : found.state,
    says: typeof found === 'string' ? '' : saysOf(found),
    unit: panel.unit,
    bounds: threshold ? boundsOf(threshold, held.thresholds) : [],
    seriesWithData: typeof found === 'string' ? 0 : found.series,
    lines: series.slice(0, mostLines).map(({ labels, points }) => ({ name: nameOf(labels), points })),
    range,
    query: { spec: wanted, grafana: other?.expr ?? null },
  };
}

function saysOf({ faults, quiet }: PanelNow): string {
  return quiet && faults.length === 0 ? 'as declared' : faults.map(saidOf).join('; ');
}

/** The spec's bounds, and those that Grafana draws in their place. */
function boundsOf(threshold: ThresholdSpec, held: ThresholdsRead | null): PanelOnScreen['bounds'] {
  const own = (['warning', 'critical'] as const).flatMap((word) => {
    const value = threshold[word];
    return value === null ? [] : [{ word, value }];
  });
  if (!held?.drawn || held.percentage) return own;
  const others = held.steps.flatMap(({ value }) =>
    value === null || own.some((one) => one.value === value) ? [] : [{ word: 'Grafana' as const, value }],
  );
  return [...own, ...others.slice(0, 4)];
}

function nameOf(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = '', job: _job, instance: _instance, ...own } = labels;
  const words = Object.values(own);
  return words.length > 0 ? words.join(' ') : name;
}

const counted: readonly (readonly [PanelOnScreen['state'], string])[] = [
  ['missing', 'missing'],
  ['without-data', 'without data'],
  ['drifted', 'drifted'],
  ['unknown', 'unknown'],
  ['quiet', 'quiet, as declared'],
];

function summary(now: LaunchNow, dashboards: readonly DashboardOnScreen[]): DashboardsView {
  const { at, changesAt, launch } = now.board;
  const panels = dashboards.flatMap((one) => one.panels);
  const whole = panels.filter(({ state }) => state === 'there' || state === 'quiet').length;
  const told = counted.flatMap(([state, word]) => {
    const count = panels.filter((panel) => panel.state === state).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return {
    at,
    changesAt,
    launch,
    title:
      dashboards.length === 0
        ? 'Dashboards: none'
        : `Dashboards: ${whole} of ${panels.length} panels as required`,
    sentence:
      dashboards.length === 0
        ? 'No item of this launch looks at a dashboard in Grafana.'
        : `${told.length > 0 ? `${told.join(', ')}. ` : ''}Drawn from what Grafana returned, with the spec’s bounds; Grafana’s own are grey where they differ.`,
    verdict: worstVerdict(dashboards.map(({ verdict }) => verdict)) ?? 'unknown',
    dashboards,
  };
}
