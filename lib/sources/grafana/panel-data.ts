import type { SourceFailure } from '#lib/domain/failure.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Question } from '#lib/domain/question.ts';
import type { Client, Reply } from './client.ts';
import { dataSourceSilence } from './data-source-silence.ts';
import { readFrames } from './frames.ts';
import { withPermission } from './permission.ts';
import { type QueryData, queryDataSchema } from './shapes.ts';

export type PanelQuestion = Extract<Question, { ask: 'panel-data' }>;

export interface PanelOutcome {
  readonly outcome:
    | { readonly ok: true; readonly value: PanelDataSeen }
    | { readonly ok: false; readonly failure: SourceFailure };
  readonly answers: readonly number[];
}

const queriesARequest = 50;
const mostPoints = 120;

/** What lets the data be asked for; where it may not be, the check can go past Grafana. */
const wanted = 'datasources:query, or a Prometheus that the check names under “data”';

/** Statuses at which Grafana answers with results, each query's error beside the others' data. */
const answerStatuses: readonly number[] = [207, 400, 500];

/** Asks all queries through Grafana, in one request for each range and 50 queries: `POST /api/ds/query`. */
export async function askPanels(
  client: Client,
  questions: readonly PanelQuestion[],
): Promise<ReadonlyMap<PanelQuestion, PanelOutcome>> {
  const outcomes = new Map<PanelQuestion, PanelOutcome>();
  for (const [rangeMs, same] of Map.groupBy(questions, (question) => question.rangeMs)) {
    for (let from = 0; from < same.length; from += queriesARequest) {
      const some = same.slice(from, from + queriesARequest);
      const reply = await client.post(
        '/api/ds/query',
        bodyOf(some, rangeMs),
        queryDataSchema,
        answerStatuses,
      );
      for (const [index, question] of some.entries()) {
        const outcome: PanelOutcome = reply.ok
          ? outcomeOf(question, reply, index, client.title)
          : { outcome: { ok: false, failure: withPermission(reply.failure, wanted) }, answers: [] };
        outcomes.set(question, outcome);
      }
    }
  }
  return outcomes;
}

function bodyOf(questions: readonly PanelQuestion[], rangeMs: number): string {
  return JSON.stringify({
    from: `now-${Math.max(1, Math.trunc(rangeMs / 1000))}s`,
    to: 'now',
    queries: questions.map(({ dataSource, expr, instant }, index) => ({
      refId: refIdOf(index),
      datasource: dataSource,
      expr,
      instant,
      range: !instant,
      format: 'time_series',
      intervalMs: stepOf(rangeMs),
      maxDataPoints: mostPoints,
    })),
  });
}

function stepOf(rangeMs: number): number {
  return Math.max(1000, Math.trunc(rangeMs / mostPoints));
}

function refIdOf(index: number): string {
  return `Q${index}`;
}

function outcomeOf(
  { dataSource, instant, rangeMs }: PanelQuestion,
  { value, answer, answeredMs }: Extract<Reply<QueryData>, { ok: true }>,
  index: number,
  title: string,
): PanelOutcome {
  const result = value.results[refIdOf(index)];
  const answers = [answer];
  if (!result) {
    const message = `${title} answered a panel’s query with nothing at all: look at its log.`;
    const failure = { kind: 'malformed', message, status: 200, retryAt: null } as const;
    return { outcome: { ok: false, failure }, answers };
  }
  const failure = dataSourceSilence(result, title, dataSource.uid);
  if (failure) return { outcome: { ok: false, failure }, answers };
  const range = instant ? null : { endSeconds: answeredMs / 1000, stepMs: stepOf(rangeMs) };
  return { outcome: { ok: true, value: readFrames(result, range) }, answers };
}
