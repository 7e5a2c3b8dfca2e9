import type { SourceFailure } from '#lib/domain/failure.ts';
import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Question } from '#lib/domain/question.ts';
import type { Client, Reply } from './client.ts';
import { promqlDuration } from './request.ts';
import { readSamples } from './samples.ts';

export type PromqlQuestion = Extract<Question, { ask: 'promql' }>;

export interface PromqlOutcome {
  readonly outcome:
    | { readonly ok: true; readonly value: PromqlAnswer }
    | { readonly ok: false; readonly failure: SourceFailure };
  readonly answers: readonly number[];
}

/** Ours and Prometheus's clocks may differ by this much before a range is asked for again, by its clock. */
const tolerableSkewMs = 5000;

/** One expression, now or over its range. */
export async function askPromql(client: Client, { expr, range }: PromqlQuestion): Promise<PromqlOutcome> {
  if (range === null) return outcomeOf(client, await client.post('query', { query: expr }), null);
  const ask = async (nowMs: number) => {
    const steps = Math.floor(range.rangeMs / range.stepMs);
    const toSeconds = Math.floor(nowMs) / 1000;
    // Each step speaks for the time up to it, so that so many steps make up the range.
    const fromSeconds = toSeconds - ((steps - 1) * range.stepMs) / 1000;
    const reply = await client.post('query_range', {
      query: expr,
      start: fromSeconds.toFixed(3),
      end: toSeconds.toFixed(3),
      step: promqlDuration(range.stepMs),
    });
    const outcome = outcomeOf(client, reply, { fromSeconds, toSeconds, stepSeconds: range.stepMs / 1000 });
    return { reply, outcome };
  };
  const nowMs = client.now();
  const first = await ask(nowMs);
  if (!first.reply.ok) return first.outcome;
  // A clock ahead of Prometheus's would ask for a future without samples, one behind would miss the newest.
  const theirsMs = first.reply.serverNowMs;
  const skewMs = Math.max(theirsMs - client.now(), nowMs - theirsMs - 1000);
  return skewMs > tolerableSkewMs ? (await ask(theirsMs)).outcome : first.outcome;
}

function outcomeOf(client: Client, reply: Reply, range: PromqlAnswer['range']): PromqlOutcome {
  const answers = reply.answer === null ? [] : [reply.answer];
  if (!reply.ok) return { outcome: { ok: false, failure: reply.failure }, answers };
  const read = readSamples(reply.data);
  if (!read.ok) {
    const message = `${client.title} answered with JSON that ${read.message}: it is not an answer of Prometheus.`;
    return {
      outcome: { ok: false, failure: { kind: 'malformed', message, status: 200, retryAt: null } },
      answers,
    };
  }
  const series = read.series.map(({ name, labels, points, native }) => ({
    labels: name === '' ? labels : { __name__: name, ...labels },
    // A histogram is no number to compare, whatever its count is.
    points: native ? points.map(([at]) => [at, 'NaN'] as const) : points,
  }));
  return {
    outcome: { ok: true, value: { resultType: read.resultType, series, range, warnings: reply.warnings } },
    answers,
  };
}
