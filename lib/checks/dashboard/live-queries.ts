import type { GrafanaDataSource, PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Question } from '#lib/domain/question.ts';
import { panelFor } from './compare-dashboard.ts';
import type { DashboardRead, DatasourceRead, PanelRead } from './dashboard.ts';
import { interpolate } from './interpolate.ts';
import { type Resolved, resolveVariables } from './resolve-variables.ts';
import { straightQuestion } from './straight-query.ts';
import type { DashboardVariable } from './variables.ts';
import type { PanelWanted } from './wanted.ts';

type PanelData = Extract<Question, { ask: 'panel-data' }>;
type Straight = Extract<Question, { ask: 'promql' }>;

/** One query of a wanted panel, ready to be asked through Grafana or straight, or why it cannot be. */
export type LiveQuery = { readonly title: string; readonly purpose: 'shows' | 'quiet' } & (
  | { readonly ok: true; readonly question: PanelData | Straight }
  | { readonly ok: false; readonly why: string }
);

type Wanted = PanelWanted & { readonly quietWhen: string | null };

interface Held {
  readonly dashboard: DashboardRead;
  readonly variables: ReadonlyMap<string, DashboardVariable>;
  /** Null where the token may not see them: then only a data source that is said by its uid can be asked. */
  readonly dataSources: readonly GrafanaDataSource[] | null;
}

interface Asking {
  readonly source: string;
  readonly rangeMs: number;
  /** The Prometheus that is asked itself: always, or else where the token may not see which one Grafana would ask. */
  readonly straight: { readonly source: string; readonly when: 'refused' | 'always' } | null;
}

/**
 * What each wanted panel of a dashboard asks, resolved as Grafana would for the dashboard's own defaults; with it what
 * the spec asks to tell quiet from broken. In the order of the wanted panels.
 */
export function liveQueries(held: Held, wanted: readonly Wanted[], asking: Asking): readonly LiveQuery[] {
  return wanted.flatMap((one): LiveQuery[] => {
    const { title, quietWhen } = one;
    const panel = panelOf(held, one);
    const shown = panel ? shownBy(panel) : [];
    if (!panel || shown.length === 0) return [];
    const instant = isInstant(panel);
    const asked = shown.map((query) => {
      const no = (why: string) => ({ title, purpose: 'shows', ok: false, why }) as const;
      const at = placeOf(query.datasource, held, asking.straight);
      if (typeof at === 'string') return no(at);
      const filled = interpolate(query.expr, held.variables);
      if (!filled.ok) return no(`its variable \`${filled.variable}\` has no value by itself`);
      const question = ask(asking, at, filled.expr, instant);
      return { title, purpose: 'shows', ok: true, question, at } as const;
    });
    const first = asked.find((query) => query.ok);
    if (quietWhen === null || !first) return asked;
    const quiet = ask(asking, first.at, quietWhen, true);
    return [...asked, { title, purpose: 'quiet', ok: true, question: quiet }];
  });
}

/** The one that is held against the spec: another by its title may have data, and is not what was looked at. */
function panelOf({ dashboard }: Held, wanted: Wanted): PanelRead | null {
  return panelFor(dashboard, wanted)?.panel ?? null;
}

function shownBy({ queries }: PanelRead): PanelRead['queries'] {
  return queries.filter(({ hidden, language, names }) => !hidden && language === 'promql' && names.ok);
}

/**
 * The dashboard's variables as it opens, as far as queries of the wanted panels use them, and what has to be asked for
 * that. `answers` are to what was asked so far.
 */
export function openVariables(
  held: Held,
  wanted: readonly Wanted[],
  asking: Asking,
  answers: readonly PanelDataSeen[],
): Resolved<PanelData | Straight> {
  const used = wanted.flatMap((one) => {
    const panel = panelOf(held, one);
    return panel ? shownBy(panel).map(({ expr }) => expr) : [];
  });
  return resolveVariables(held.variables, used, answers, ({ datasource }, expr, variables) => {
    const at = placeOf(datasource, { ...held, variables }, asking.straight);
    return typeof at === 'string' ? at : ask(asking, at, expr, true);
  });
}

function ask({ source, rangeMs }: Asking, at: Place, expr: string, instant: boolean): PanelData | Straight {
  if ('straight' in at) return straightQuestion({ expr, instant, rangeMs }, at.straight);
  return { ask: 'panel-data', source, dataSource: at, expr, instant, rangeMs };
}

/** A data source in Grafana, or a source of the spec. */
type Place = PanelData['dataSource'] | { readonly straight: string };

/** Where a query goes, or in words why that cannot be told. What Grafana computes itself is asked from nobody else. */
function placeOf(datasource: DatasourceRead, held: Held, straight: Asking['straight']): Place | string {
  const at = dataSourceOf(datasource, held);
  if (straight === null || datasource.kind === 'own') return at;
  const isUnseen = typeof at === 'string' && held.dataSources === null;
  return isUnseen || (straight.when === 'always' && typeof at !== 'string')
    ? { straight: straight.source }
    : at;
}

/** Tables are asked at one instant; everything else over the range that it shows. */
function isInstant({ type }: PanelRead): boolean {
  return type === 'table';
}

/** The data source that a query goes to, or in words why that cannot be told. */
function dataSourceOf(datasource: DatasourceRead, held: Held): PanelData['dataSource'] | string {
  const type = ('plugin' in datasource ? datasource.plugin : null) ?? 'prometheus';
  switch (datasource.kind) {
    case 'own':
      return 'it is computed in Grafana out of other queries';
    case 'fixed':
      return named(datasource.uid, type, held) ?? `there is no data source \`${datasource.uid}\``;
    case 'default':
      return standard(type, held) ?? 'which data source is the default cannot be seen';
    case 'variable': {
      const variable = held.variables.get(datasource.name);
      const chosen = variable?.values?.[0];
      if (chosen === undefined || chosen === 'default')
        return standard(type, held) ?? `which data source \`${datasource.name}\` stands for cannot be seen`;
      return named(chosen, type, held) ?? `there is no data source \`${chosen}\``;
    }
  }
}

/** By uid, or by the name that older dashboards keep. */
function named(uid: string, type: string, { dataSources }: Held): PanelData['dataSource'] | null {
  if (dataSources === null) return { uid, type };
  const found = dataSources.find((one) => one.uid === uid) ?? dataSources.find((one) => one.name === uid);
  return found ? { uid: found.uid, type: found.type } : null;
}

/** What Grafana takes where nothing is chosen: the default if it is of the type, else the first of the type. */
function standard(type: string, { dataSources }: Held): PanelData['dataSource'] | null {
  const fitting = (dataSources ?? []).filter((one) => one.type === type);
  const found = fitting.find(({ isDefault }) => isDefault) ?? fitting[0];
  return found ? { uid: found.uid, type: found.type } : null;
}
