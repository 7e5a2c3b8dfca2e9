import type { Json } from '#lib/domain/json.ts';
import type { AlertRuleSeen, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import { count, instantWords, shown, spanWords } from './words.ts';

export type AlertBound = { readonly name: string; readonly severity: 'warning' | 'critical' };

/** What one declared alert comes to. */
export interface AlertFinding {
  readonly name: string;
  /** Name, with its severity where the name is declared twice. */
  readonly key: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly state: 'in-order' | 'not-loaded' | 'in-error' | 'not-evaluated' | 'stuck' | 'firing';
  readonly clause: string;
  readonly toGreen: string | null;
  /** Worth saying though it passes: pending, firing at a lesser severity, loaded with another severity. */
  readonly note: string | null;
  readonly firing: boolean;
  readonly reading: Json;
}

/** A group may be late by this and three of its intervals before it counts as stuck. */
const slackMs = 60_000;

/** Judges one alert by the rules that are loaded. Several rules of its name must all be in order. */
export function judgeAlert(
  alert: AlertBound,
  declared: readonly AlertBound[],
  rules: RulesAnswer,
  severity: 'warning' | 'critical',
): AlertFinding {
  const named = rules.alerts.filter(({ name }) => name === alert.name);
  const twice = declared.filter(({ name }) => name === alert.name).length > 1;
  const same = named.filter(({ labels }) => labels.severity === alert.severity);
  const loaded = twice || same.length > 0 ? same : named;
  const findings = loaded.map((rule) => judgeRule(alert, rule, rules.answeredAt, severity));
  const worst =
    findings.find(({ verdict }) => verdict === 'fail') ??
    findings.find(({ verdict }) => verdict === 'unknown') ??
    findings.find(({ note }) => note !== null) ??
    findings[0];
  const key = twice ? `${alert.name} ${alert.severity}` : alert.name;
  const which = `“${shown(alert.name)}”${twice ? ` (${alert.severity})` : ''}`;
  const own = worst ?? {
    verdict: 'fail' as const,
    state: 'not-loaded' as const,
    clause: `${which} is not loaded`,
    toGreen: `Load a rule named “${shown(alert.name)}” into Prometheus: it is in no rule file that it read.`,
    note: null,
  };
  return {
    ...own,
    name: alert.name,
    key,
    firing: loaded.some(({ state }) => state === 'firing'),
    reading: { name: alert.name, severity: alert.severity, state: own.state, rules: loaded.map(readingOf) },
  };
}

/** So many rules that a check does not ask for are kept beside those that it does. */
const mostBesides = 500;

/** What is loaded besides the alerts that are asked for: a reading, on which no verdict rests. */
export function loadedBesides({ alerts }: RulesAnswer, asked: readonly AlertBound[]): readonly Json[] {
  const names = new Set(asked.map(({ name }) => name));
  return alerts
    .filter(({ name }) => !names.has(name))
    .slice(0, mostBesides)
    .map(({ name, group, labels, state, annotations }) => ({
      name,
      group,
      severity: labels.severity ?? null,
      state,
      runbookUrl: annotations.runbook_url ?? null,
    }));
}

type RuleFinding = Pick<AlertFinding, 'verdict' | 'state' | 'clause' | 'toGreen' | 'note'>;

function judgeRule(
  alert: AlertBound,
  rule: AlertRuleSeen,
  answeredAt: string,
  severity: 'warning' | 'critical',
): RuleFinding {
  const which = `“${shown(rule.name)}”`;
  const group = `group “${shown(rule.group)}”`;
  const every = spanWords(rule.groupIntervalMs);
  if (rule.health === 'err') {
    return {
      verdict: 'fail',
      state: 'in-error',
      clause: `${which} cannot be evaluated: ${shown(rule.lastError, 200).replace(/\.$/, '')}`,
      toGreen: `Put right the expression of ${which} in ${shown(rule.file)}: ${shown(rule.query, 200)}`,
      note: null,
    };
  }
  if (rule.lastEvaluationAt === null || rule.health === 'unknown') {
    return {
      verdict: 'unknown',
      state: 'not-evaluated',
      clause: `${which} is loaded and was not evaluated yet: its ${group} is due every ${every}`,
      toGreen: `Wait for the first evaluation of ${group}.`,
      note: null,
    };
  }
  const idleMs = Date.parse(answeredAt) - Date.parse(rule.lastEvaluationAt);
  if (idleMs > 3 * rule.groupIntervalMs + slackMs) {
    return {
      verdict: 'fail',
      state: 'stuck',
      clause: `${which} was last evaluated at ${instantWords(rule.lastEvaluationAt)}, and its ${group} is due every ${every}`,
      toGreen: `Find out in Prometheus’s log why ${group} is no longer evaluated.`,
      note: null,
    };
  }
  return rule.state === 'firing' ? firing(alert, rule, severity, which) : inOrder(alert, rule, which);
}

function firing(
  alert: AlertBound,
  rule: AlertRuleSeen,
  severity: 'warning' | 'critical',
  which: string,
): RuleFinding {
  const worse = alert.severity === 'critical' || rule.labels.severity === 'critical' ? 'critical' : 'warning';
  const since = rule.firing
    .map(({ activeAt }) => activeAt)
    .filter((at) => Date.parse(at) > 0)
    .sort()[0];
  const on = rule.firing.length > 1 ? ` on ${count(rule.firing.length, 'series', 'series')}` : '';
  const clause = `${which} (${worse}) fires${on}${since === undefined ? '' : ` since ${instantWords(since)}`}`;
  if (severity === 'critical' && worse === 'warning') {
    return { verdict: 'pass', state: 'in-order', clause, toGreen: null, note: `${clause}, below critical` };
  }
  const summary = rule.annotations.summary ?? rule.annotations.description;
  return {
    verdict: 'fail',
    state: 'firing',
    clause,
    toGreen: `Mend what ${which} fires for${summary === undefined ? `: ${shown(rule.query, 200)}` : `: ${shown(summary, 200)}`}`,
    note: null,
  };
}

function inOrder(alert: AlertBound, rule: AlertRuleSeen, which: string): RuleFinding {
  const loadedAs = rule.labels.severity;
  const note =
    rule.state === 'pending'
      ? `${which} is pending`
      : loadedAs !== undefined && loadedAs !== alert.severity
        ? `${which} is loaded as ${shown(loadedAs)}, declared ${alert.severity}`
        : null;
  return { verdict: 'pass', state: 'in-order', clause: `${which} is in order`, toGreen: null, note };
}

function readingOf(rule: AlertRuleSeen): Json {
  return {
    group: rule.group,
    file: rule.file,
    query: rule.query,
    forMs: rule.forMs,
    severity: rule.labels.severity ?? null,
    state: rule.state,
    health: rule.health,
    lastError: rule.lastError,
    lastEvaluationAt: rule.lastEvaluationAt,
    firing: rule.firing.slice(0, 10).map(({ labels, activeAt }) => ({ labels, activeAt })),
  };
}
