import type {
  MetricSeen,
  NamesSeen,
  PromqlAnswer,
  RulesAnswer,
} from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { affirms, holdsWith } from '../promql/holds.ts';
import type { Declared } from './declaration.ts';

/** The question for one declared metric. */
export function metricQuestion(source: string, { name, type, job, freshWithinMs }: Declared): Question {
  return { ask: 'metric', source, name, type, job, freshWithinMs };
}

/** The question which names some jobs emit; whoever asks fills in which of them the spec knows. */
export function namesQuestion(source: string, jobs: readonly string[]): Question {
  return { ask: 'names', source, jobs, known: [], used: [] };
}

/** What the question about names was answered with; null where nobody asked it. */
export function namesSeen(observations: readonly Observation[]): NamesSeen | null {
  const [seen] = observations.flatMap(({ question, outcome }) =>
    question.ask === 'names' && outcome.ok ? [outcome.value as NamesSeen] : [],
  );
  return seen ?? null;
}

/** The question whether nothing happens, now. */
export function quietQuestion(source: string, expr: string): Question {
  return { ask: 'promql', source, expr, range: null };
}

/**
 * What a metric's question was answered with.
 * @throws when the observation is of another kind or failed: observations come in the order of the questions.
 */
export function metricSeen(observation: Observation | undefined): MetricSeen {
  if (observation?.question.ask === 'metric' && observation.outcome.ok) {
    const { value } = observation.outcome;
    if ('liveSeries' in value) return value;
  }
  throw new Error('no answer to a metric’s question where one was due');
}

/**
 * What an expression was answered with.
 * @throws when the observation is of another kind or failed: observations come in the order of the questions.
 */
export function promqlAnswer(observation: Observation | undefined): PromqlAnswer {
  if (observation?.question.ask === 'promql' && observation.outcome.ok) {
    const { value } = observation.outcome;
    if ('resultType' in value) return value;
  }
  throw new Error('no answer to a PromQL question where one was due');
}

/**
 * The rules that are loaded.
 * @throws when the observation is of another kind or failed: observations come in the order of the questions.
 */
export function rulesAnswer(observation: Observation | undefined): RulesAnswer {
  if (observation?.question.ask === 'rules' && observation.outcome.ok) {
    const { value } = observation.outcome;
    if ('alerts' in value) return value;
  }
  throw new Error('no answer to a question about rules where one was due');
}

/** Whether a `quietWhen` holds by its answer. */
export function quietHolds(expr: string, { series }: PromqlAnswer): boolean {
  return holdsWith(
    affirms(expr),
    series.map(({ points }) => points.at(-1)?.[1] ?? 'NaN'),
  );
}
