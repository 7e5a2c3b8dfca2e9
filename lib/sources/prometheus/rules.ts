import { z } from 'zod';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { AlertRuleSeen, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Client } from './client.ts';

export interface RulesOutcome {
  readonly outcome:
    | { readonly ok: true; readonly value: RulesAnswer }
    | { readonly ok: false; readonly failure: SourceFailure };
  readonly answers: readonly number[];
}

const texts = z.record(z.string(), z.string()).catch({});
const evaluated = {
  name: z.string(),
  query: z.string(),
  health: z.enum(['ok', 'err', 'unknown']).catch('unknown'),
  lastError: z.string().catch(''),
  lastEvaluation: z.string().catch(''),
};

/** Of the API's answer only what is used: https://prometheus.io/docs/prometheus/latest/querying/api/#rules */
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      file: z.string().catch(''),
      interval: z.number(),
      rules: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('recording'), ...evaluated, labels: texts }),
          z.object({
            type: z.literal('alerting'),
            ...evaluated,
            duration: z.number().catch(0),
            keepFiringFor: z.number().catch(0),
            labels: texts,
            annotations: texts,
            state: z.enum(['inactive', 'pending', 'firing', 'unknown']).catch('unknown'),
            alerts: z
              .array(z.object({ labels: texts, state: z.string(), activeAt: z.string().catch('') }))
              .nullish(),
          }),
        ]),
      ),
    }),
  ),
});
type Group = z.infer<typeof rulesSchema>['groups'][number];
type AlertRule = Extract<Group['rules'][number], { type: 'alerting' }>;

/** All rules that are loaded: one request. */
export async function askRules(client: Client): Promise<RulesOutcome> {
  const reply = await client.get('rules');
  const answers = reply.answer === null ? [] : [reply.answer];
  if (!reply.ok) return { outcome: { ok: false, failure: reply.failure }, answers };
  const read = rulesSchema.safeParse(reply.data);
  if (!read.success) {
    const where = read.error.issues[0]?.path.join('.') ?? '';
    const message = `${client.title} answered with rules of a shape that is not Prometheus’s${where ? ` (at ${where})` : ''}.`;
    return {
      outcome: { ok: false, failure: { kind: 'malformed', message, status: 200, retryAt: null } },
      answers,
    };
  }
  const alerts: AlertRuleSeen[] = [];
  const recording: RulesAnswer['recording'][number][] = [];
  for (const group of read.data.groups) {
    for (const rule of group.rules) {
      if (rule.type === 'alerting') alerts.push(alertOf(group, rule));
      else recording.push({ name: rule.name, query: rule.query, group: group.name, labels: rule.labels });
    }
  }
  const answeredAt = new Date(reply.serverNowMs).toISOString();
  return { outcome: { ok: true, value: { answeredAt, alerts, recording } }, answers };
}

function alertOf(group: Group, rule: AlertRule): AlertRuleSeen {
  return {
    name: rule.name,
    group: group.name,
    file: group.file.slice(group.file.lastIndexOf('/') + 1),
    query: rule.query,
    forMs: Math.round(rule.duration * 1000),
    keepFiringForMs: Math.round(rule.keepFiringFor * 1000),
    labels: rule.labels,
    annotations: rule.annotations,
    state: rule.state,
    health: rule.health,
    lastError: rule.lastError.slice(0, 300).toWellFormed(),
    // A rule that was never evaluated has Go's zero time, year 1.
    lastEvaluationAt:
      Date.parse(rule.lastEvaluation) > 0 ? new Date(rule.lastEvaluation).toISOString() : null,
    groupIntervalMs: Math.round(group.interval * 1000),
    firing: (rule.alerts ?? [])
      .filter(({ state }) => state === 'firing')
      .slice(0, 50)
      .map(({ labels, activeAt }) => ({ labels, activeAt })),
  };
}
