import type { Collection, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { notOurs } from '../not-ours.ts';
import { createClient } from './client.ts';
import { askDashboard } from './dashboards.ts';
import { askPanels, type PanelQuestion } from './panel-data.ts';
import { probe } from './probe.ts';

/**
 * Asks a Grafana (9 to 13) for dashboards and for what panels show. Nothing is thrown: a failure is an observation of
 * each question that rests on it.
 */
export async function askGrafana(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  const client = createClient(source, context, parseJsonAnswer);
  const beganMs = context.now();
  const panels = await askPanels(
    client,
    questions.filter((question): question is PanelQuestion => question.ask === 'panel-data'),
  );
  const observations: Observation[] = [];
  for (const question of questions) {
    if (question.ask !== 'dashboard' && question.ask !== 'panel-data') {
      observations.push(notOurs(question, context.now(), 'A Grafana'));
      continue;
    }
    const seen =
      question.ask === 'dashboard'
        ? await askDashboard(client, question, source.address)
        : panels.get(question);
    if (!seen) continue;
    const endedMs = context.now();
    const when = { observedAt: new Date(endedMs).toISOString(), tookMs: endedMs - beganMs };
    observations.push({ question, ...when, ...seen } as Observation);
  }
  return { observations, answers: client.answers, requests: client.requests() };
}

/** Tries a Grafana out: which it is, and whether it shows dashboards. */
export function probeGrafana(source: SourceSpec, context: SourceContext): Promise<readonly ProbePart[]> {
  return probe(createClient(source, context, parseJsonAnswer));
}
