import type { Json } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { DashboardHeld, DashboardSeen, PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { dashboard } from './dashboard.ts';
import { spec } from './dashboard-file.fixture.ts';
import { registerCheck } from './register.ts';

const kind = registerCheck(dashboard);

/** What a query returns when all is well. */
export const withData: PanelDataSeen = {
  seriesWithData: 1,
  notNumberSeries: 0,
  series: [{ labels: {}, points: [[1, 1]] }],
  error: null,
};

export const noData: PanelDataSeen = { seriesWithData: 0, notNumberSeries: 0, series: [], error: null };

/** A dashboard as Grafana holds it. */
export function held(json: Json, more: Partial<DashboardHeld> = {}): DashboardHeld {
  const named = json as { readonly uid?: string; readonly title?: string };
  return {
    uid: named.uid ?? 'x',
    title: named.title ?? '',
    folder: 'Fast-mainnet',
    version: 3,
    updatedAt: '2026-11-20T10:00:00Z',
    href: 'https://grafana.example/d/x',
    provisioned: false,
    json,
    missingLibraryPanels: [],
    ...more,
  };
}

/** What a Grafana with one Prometheus says of some dashboards. */
export function seen(dashboards: readonly DashboardHeld[], more: Partial<DashboardSeen> = {}): DashboardSeen {
  const dataSources = [{ uid: 'prom', name: 'Prometheus', type: 'prometheus', isDefault: true }];
  return { dashboards, elsewhere: [], dataSources, unseen: [], ...more };
}

/** Asks what the check asks, answers it, asks what follows, and judges: as a cycle does. */
export function judgeLive(
  id: string,
  what: DashboardSeen,
  dataOf: (expr: string) => PanelDataSeen = () => withData,
  parameters: { readonly folder?: string } = {},
): Judgement & { readonly asked: readonly string[] } {
  const bound = kind.bind({ dashboard: id, ...parameters }, spec);
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const answer = (question: Question, value: DashboardSeen | PanelDataSeen): Observation => {
    const when = { observedAt: '2026-11-23T10:00:00Z', tookMs: 1, answers: [] };
    return { question, ...when, outcome: { ok: true, value } } as Observation;
  };
  const first = kind.reads(bound.bound, 'grafana').map((question) => answer(question, what));
  let rest: readonly Observation[] = [];
  for (let next = kind.follows(first, bound.bound, 'grafana'); next.length > rest.length; ) {
    rest = next.map((question) =>
      answer(question, dataOf(question.ask === 'panel-data' ? question.expr : '')),
    );
    next = kind.follows([...first, ...rest], bound.bound, 'grafana');
  }
  const asked = rest.flatMap(({ question }) => (question.ask === 'panel-data' ? [question.expr] : []));
  const context = {
    nowMs: 0,
    source: { id: 'grafana', title: 'Grafana', address: 'https://grafana.example' },
    commit: null,
    itemStates: new Map(),
  };
  return { ...kind.evaluate([...first, ...rest], bound.bound, context), asked };
}
