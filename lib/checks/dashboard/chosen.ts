import type { DashboardHeld, DashboardSeen, PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { shown } from '../metrics/words.ts';
import type { DashboardRead } from './dashboard.ts';
import { type LiveQuery, liveQueries, openVariables } from './live-queries.ts';
import { readDashboardValue } from './read-dashboards.ts';
import { straightData } from './straight-query.ts';
import { readVariables } from './variables.ts';
import type { PanelWanted } from './wanted.ts';

/** What the check over a dashboard in Grafana works on. */
export type DashboardBound = {
  readonly title: string;
  readonly uid: string;
  readonly folder: string | null;
  readonly rangeMs: number;
  readonly panels: readonly (PanelWanted & { readonly quietWhen: string | null })[];
  /** The Prometheus to be asked for the panels' data: where Grafana refuses to, or always. */
  readonly data?: { readonly source: string; readonly title: string; readonly when: 'refused' | 'always' };
};

/** What Grafana holds, as an answered observation has it. Another observation here is a bug. */
export function seenIn(observation: Observation | undefined): DashboardSeen {
  if (observation?.question.ask !== 'dashboard' || !observation.outcome.ok)
    throw new TypeError('A rule over a dashboard was given an observation of something else.');
  return observation.outcome.value as DashboardSeen;
}

/** What a panel's query returned, through Grafana or straight from the Prometheus behind it. */
function dataIn(observation: Observation): PanelDataSeen {
  if (observation.question.ask === 'promql' && observation.outcome.ok)
    return straightData(observation.outcome.value as PromqlAnswer);
  if (observation.question.ask !== 'panel-data' || !observation.outcome.ok)
    throw new TypeError('A rule over a panel was given an observation of something else.');
  return observation.outcome.value as PanelDataSeen;
}

export type Chosen =
  | { readonly ok: true; readonly held: DashboardHeld; readonly dashboard: DashboardRead }
  | {
      readonly ok: false;
      readonly verdict: Verdict;
      readonly what: string;
      readonly way: string;
      readonly href: string | null;
    };

/** The one dashboard that is meant, read; or why there is none to be judged. */
export function choose(
  { dashboards, elsewhere, unseen }: DashboardSeen,
  { title, uid, folder }: DashboardBound,
): Chosen {
  const [held, another] = dashboards;
  const none = (verdict: Verdict, what: string, way: string): Chosen => {
    return { ok: false, verdict, what, way, href: held?.href ?? elsewhere[0]?.href ?? null };
  };
  if (held && another) {
    const uids = dashboards.map((one) => shown(one.uid)).join(', ');
    return none(
      'unknown',
      `${dashboards.length} dashboards have that title (${uids})`,
      `Give one the uid ${uid}, or remove the others.`,
    );
  }
  if (!held) {
    const [other] = elsewhere;
    const hidden = unseen.find(({ permission }) => permission.startsWith('dashboards:read'));
    const at = other ? ` in “${folder}” (one of that title is in “${shown(other.folder)}”)` : '';
    if (hidden)
      return none(
        'unknown',
        `it was not found${at}, and the token lacks ${hidden.permission}`,
        `Give the token ${hidden.permission}.`,
      );
    if (other)
      return none(
        'fail',
        `it is in the folder “${shown(other.folder)}”, not “${folder}”`,
        `Move it to “${folder}”.`,
      );
    return none('fail', 'Grafana does not hold it', 'Import the kit’s file.');
  }
  if (folder !== null && held.folder !== folder)
    return none(
      'fail',
      `it is in the folder “${shown(held.folder)}”, not “${folder}”`,
      `Move it to “${folder}”.`,
    );
  if (held.json === null) return none('unknown', 'it is over 2 MiB and was not read', 'Divide it.');
  const read = readDashboardValue(held.json);
  const [dashboard] = read.ok ? read.dashboards : [];
  if (!dashboard) return none('fail', 'it has no panels', 'Import the kit’s file.');
  return { ok: true, held: { ...held, title: held.title || title }, dashboard };
}

/** What a dashboard is asked about once it is known: first its variables, then its panels' queries. */
export interface Asked {
  /** All questions so far, in their order. */
  readonly questions: readonly Question[];
  /** What the wanted panels ask, in the order in which it is asked; null while variables are still to be told. */
  readonly queries: readonly LiveQuery[] | null;
  /** Answers to those queries that could be asked. */
  readonly answers: readonly PanelDataSeen[];
}

/** What follows from a chosen dashboard, and from what was answered of it so far. */
export function askedOf(
  { held, dashboard: read }: Extract<Chosen, { ok: true }>,
  { dataSources }: DashboardSeen,
  { panels, rangeMs, data }: DashboardBound,
  source: string,
  answered: readonly Observation[],
): Asked {
  const answers = answered.map(dataIn);
  const opened = { dashboard: read, variables: readVariables(held.json), dataSources };
  const asking = { source, rangeMs, straight: data ?? null };
  const { variables, questions, isWhole } = openVariables(opened, panels, asking, answers);
  if (!isWhole) return { questions, queries: null, answers: [] };
  const queries = liveQueries({ ...opened, variables }, panels, asking);
  const own = queries.flatMap((query) => (query.ok ? [query.question] : []));
  return { questions: [...questions, ...own], queries, answers: answers.slice(questions.length) };
}
