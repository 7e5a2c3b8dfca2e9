import type { Collection, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { notOurs } from '../not-ours.ts';
import { type Client, createClient } from './client.ts';
import { askMetrics } from './metrics.ts';
import { askNames, type NamesQuestion } from './names.ts';
import { probe } from './probe.ts';
import { askPromql, type PromqlQuestion } from './promql.ts';
import { askRules } from './rules.ts';
import type { MetricQuestion } from './window.ts';

type RulesQuestion = Extract<Question, { ask: 'rules' }>;
type Settle = (observation: Observation) => void;

/**
 * Asks a Prometheus (2.x, 3.x, Mimir, Thanos) all questions of a cycle: those about metrics in at most three requests,
 * and four more when something is absent; each distinct PromQL expression in one; rules in one; names of jobs in one.
 * Nothing is thrown: a failure is an observation of each question that rests on it.
 */
export async function askPrometheus(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  const { outgoing, now, signal, credential = null } = context;
  const readJson = parseJsonAnswer;
  const client = createClient({ source, outgoing, readJson, now, credential, ...(signal ? { signal } : {}) });
  const settled = new Map<Question, Observation>();
  const settle: Settle = (observation) => settled.set(observation.question, observation);

  const metrics: MetricQuestion[] = [];
  const expressions = new Map<string, PromqlQuestion[]>();
  const rules: RulesQuestion[] = [];
  const names: NamesQuestion[] = [];
  for (const question of questions) {
    if (question.ask === 'metric') metrics.push(question);
    else if (question.ask === 'rules') rules.push(question);
    else if (question.ask === 'names') names.push(question);
    else if (question.ask === 'promql') {
      const key = JSON.stringify([question.expr, question.range]);
      expressions.set(key, [...(expressions.get(key) ?? []), question]);
    } else settle(notOurs(question, now(), 'A Prometheus'));
  }
  await Promise.all([
    metrics.length > 0 ? settleMetrics(client, source, metrics, settle) : null,
    rules.length > 0 ? settleRules(client, rules, settle) : null,
    ...names.map((question) => settleNames(client, question, settle)),
    ...[...expressions.values()].map((same) => settlePromql(client, same, settle)),
  ]);
  return {
    observations: questions.flatMap((question) => settled.get(question) ?? []),
    answers: client.answers,
    requests: client.requests(),
  };
}

/** What a test of the connection finds. */
export function probePrometheus(
  source: SourceSpec,
  { outgoing, now, credential = null }: SourceContext,
): Promise<readonly ProbePart[]> {
  return probe(createClient({ source, outgoing, readJson: parseJsonAnswer, now, credential }));
}

async function settleMetrics(
  client: Client,
  source: SourceSpec,
  questions: readonly MetricQuestion[],
  settle: Settle,
): Promise<void> {
  const beganMs = client.now();
  const outcomes = await askMetrics(client, source, questions);
  const when = whenOf(client, beganMs);
  for (const [question, { outcome, answers }] of outcomes) settle({ question, ...when, outcome, answers });
}

async function settlePromql(client: Client, same: readonly PromqlQuestion[], settle: Settle): Promise<void> {
  const [first] = same;
  if (!first) return;
  const beganMs = client.now();
  const { outcome, answers } = await askPromql(client, first);
  const when = whenOf(client, beganMs);
  for (const question of same) settle({ question, ...when, outcome, answers });
}

async function settleRules(client: Client, same: readonly RulesQuestion[], settle: Settle): Promise<void> {
  const beganMs = client.now();
  const { outcome, answers } = await askRules(client);
  const when = whenOf(client, beganMs);
  for (const question of same) settle({ question, ...when, outcome, answers });
}

async function settleNames(client: Client, question: NamesQuestion, settle: Settle): Promise<void> {
  const beganMs = client.now();
  const value = await askNames(client, question);
  // No verdict rests on it, and so no evidence does: the raw answer is not kept.
  settle({ question, ...whenOf(client, beganMs), outcome: { ok: true, value }, answers: [] });
}

function whenOf(client: Client, beganMs: number): { readonly observedAt: string; readonly tookMs: number } {
  const endedMs = client.now();
  return { observedAt: new Date(endedMs).toISOString(), tookMs: endedMs - beganMs };
}
