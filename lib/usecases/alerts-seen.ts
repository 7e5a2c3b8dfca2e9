import { z } from 'zod';
import { judgeAlert } from '#lib/checks/metrics/alert.ts';
import { shown } from '#lib/checks/metrics/words.ts';
import type { AlertOnScreen, AlertState } from '#lib/domain/alert-view.ts';
import type { AlertRuleSeen, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import type { AlertDeclaration } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import type { Reader } from '#lib/server/database.ts';
import { type CheckSeen, checksSeen } from './checks-seen.ts';
import type { LaunchNow } from './view-board.ts';

/** A check of the kind `alert-rule`, with what it asks for and what is loaded. */
export interface RulesReader extends CheckSeen {
  readonly watched: readonly { readonly name: string; readonly severity: 'warning' | 'critical' }[];
  /** Null where nothing can be said now. */
  readonly rules: RulesAnswer | null;
}

const boundSchema = z.object({
  alerts: z.array(z.object({ name: z.string(), severity: z.enum(['warning', 'critical']) })),
});

/** All checks of a launch that look which alerts are loaded. */
export async function rulesReaders(
  db: Reader,
  now: LaunchNow,
  nowMs: number,
): Promise<readonly RulesReader[]> {
  const checks = await checksSeen(db, now, 'alert-rule', nowMs);
  return checks.map((seen) => {
    const { item, check, bound } = seen.planned;
    const standing = now.standings.get(standingKey(item.id, check.id));
    const isDark = seen.verdict === 'stale' || (standing?.failure && seen.verdict === 'unknown');
    const [answer] = seen.observations.flatMap(({ question, outcome }) =>
      question.ask === 'rules' && outcome.ok && 'alerts' in outcome.value ? [outcome.value] : [],
    );
    return { ...seen, watched: boundSchema.parse(bound).alerts, rules: isDark ? null : (answer ?? null) };
  });
}

/** What the rules read that are loaded, and the names that they record. */
export function queriesOf({ rules }: RulesReader): readonly string[] {
  const recorded = (rules?.recording ?? []).flatMap(({ name, query }) => [name, query]);
  return [...(rules?.alerts ?? []).map(({ query }) => query), ...recorded];
}

/** From the worst on: what an alert comes to by several checks is the worst of it. */
const worstFirst: readonly AlertState[] = [
  'firing',
  'not-loaded',
  'in-error',
  'unknown',
  'pending',
  'loaded',
  'not-looked-at',
];

/** An alert of the spec: whether it is loaded and fires, by the checks that ask for it, the worst of them. */
export function alertOnScreen(declared: AlertDeclaration, readers: readonly RulesReader[]): AlertOnScreen {
  const { name, severity, metric } = declared;
  const own = readers.filter(({ watched }) => watched.some((one) => one.name === name));
  const [worst] = own
    .map((reader) => alertBy(declared, reader))
    .sort((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  if (worst) return worst;
  const says = 'No check looks whether it is loaded.';
  return {
    name,
    severity,
    metric,
    item: null,
    silentSince: null,
    state: 'not-looked-at',
    says,
    leadsTo: null,
  };
}

function alertBy({ name, severity, metric }: AlertDeclaration, own: RulesReader): AlertOnScreen {
  const { silentSince } = own;
  const about = { name, severity, metric, item: own.planned.item.id };
  if (own.rules === null)
    return { ...about, silentSince, state: 'unknown', says: own.sentence, leadsTo: null };
  const found = judgeAlert({ name, severity }, own.watched, own.rules, 'warning');
  const loaded = own.rules.alerts.filter((rule) => rule.name === name);
  const state = stateOf(found.state, loaded);
  return {
    ...about,
    silentSince,
    state,
    says: state === 'loaded' && found.note === null ? '' : `${found.note ?? found.clause}.`,
    leadsTo: loaded.map(({ annotations }) => annotations.runbook_url)[0] ?? null,
  };
}

function stateOf(
  found: ReturnType<typeof judgeAlert>['state'],
  loaded: readonly AlertRuleSeen[],
): AlertState {
  if (loaded.some(({ state }) => state === 'firing')) return 'firing';
  switch (found) {
    case 'not-loaded':
      return 'not-loaded';
    case 'in-error':
    case 'stuck':
      return 'in-error';
    case 'not-evaluated':
      return 'unknown';
    default:
      return loaded.some(({ state }) => state === 'pending') ? 'pending' : 'loaded';
  }
}

const othersSchema = z.object({
  others: z.array(
    z.object({
      name: z.string(),
      severity: z.string().nullable(),
      state: z.enum(['inactive', 'pending', 'firing', 'unknown']),
      runbookUrl: z.string().nullable(),
    }),
  ),
});

/** Alerts that are loaded and that the spec does not declare, by the newest readings, each name once. */
export function undeclaredAlerts(now: LaunchNow, readers: readonly RulesReader[]): readonly AlertOnScreen[] {
  const declared = new Set(now.launch.spec.alerts.map(({ name }) => name));
  const found = new Map<string, AlertOnScreen>();
  for (const { planned, rules, silentSince } of readers) {
    const judgement = now.standings.get(standingKey(planned.item.id, planned.check.id))?.judgement;
    const read = othersSchema.safeParse(judgement?.readings);
    if (rules === null || !read.success) continue;
    for (const { name, severity, state, runbookUrl } of read.data.others) {
      if (declared.has(name)) continue;
      const known = found.get(`${name} ${severity}`);
      const stands = state === 'inactive' ? 'loaded' : state;
      if (known && worstFirst.indexOf(known.state) <= worstFirst.indexOf(stands)) continue;
      found.set(`${name} ${severity}`, {
        name: shown(name, 200),
        severity: severity === null ? null : shown(severity),
        state: stands,
        says: '',
        silentSince,
        metric: null,
        item: planned.item.id,
        leadsTo: runbookUrl,
      });
    }
  }
  return [...found.values()];
}
