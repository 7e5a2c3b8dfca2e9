import type { EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Absence, MetricSeen, PromqlAnswer, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';

export const at = '2026-11-23T08:10:00.000Z';

/** What a rule is given besides observations. */
export const context: EvaluateContext = {
  nowMs: Date.parse(at),
  source: { id: 'prometheus', title: 'Prometheus', address: 'http://127.0.0.1:9090' },
  commit: null,
  itemStates: new Map(),
};

/** A metric with one live series, or with what a test says. */
export function seenOf(given: Partial<MetricSeen> = {}): MetricSeen {
  return {
    name: 'a',
    form: 'plain',
    types: [],
    liveSeries: 1,
    goneSeries: 0,
    staleSeries: 0,
    notNumberSeries: 0,
    labels: {},
    samples: [],
    line: [],
    lastSampleAt: at,
    down: [],
    absence: null,
    builds: null,
    warnings: [],
    ...given,
  };
}

/** A metric without a live series. */
export function absentOf(absence: Partial<Absence> = {}, given: Partial<MetricSeen> = {}): MetricSeen {
  return seenOf({
    form: null,
    liveSeries: 0,
    lastSampleAt: null,
    absence: {
      lastSeenAt: null,
      lastSeenOn: [],
      searchedMs: 15 * 86_400_000,
      retentionMs: 15 * 86_400_000,
      beforeFirstScrape: false,
      jobs: [{ job: 'node', up: 1, down: 0, unknown: 0 }],
      targets: [],
      ...absence,
    },
    ...given,
  });
}

const rest = { observedAt: at, tookMs: 1, answers: [] };

export function metricObservation(value: MetricSeen): Observation {
  const question = {
    ask: 'metric',
    source: 'prometheus',
    name: value.name,
    type: null,
    job: null,
    freshWithinMs: 60_000,
  } as const;
  return { question, ...rest, outcome: { ok: true, value } };
}

/** An instant answer: values of series without labels, or with those given. */
export function promqlObservation(
  values: readonly (string | readonly [Readonly<Record<string, string>>, string])[],
  given: Partial<PromqlAnswer> = {},
): Observation {
  const question: Extract<Question, { ask: 'promql' }> = {
    ask: 'promql',
    source: 'prometheus',
    expr: 'x',
    range: null,
  };
  const series = values.map((one) =>
    typeof one === 'string'
      ? { labels: {}, points: [[1, one] as const] }
      : { labels: one[0], points: [[1, one[1]] as const] },
  );
  const value: PromqlAnswer = { resultType: 'vector', series, range: null, warnings: [], ...given };
  return { question, ...rest, outcome: { ok: true, value } };
}

/** An answer over steps of a minute: one value a step, null where there is none. */
export function rangeObservation(values: readonly (string | null)[]): Observation {
  const points = values.flatMap((text, step) => (text === null ? [] : [[step * 60, text] as const]));
  const range = { fromSeconds: 0, toSeconds: (values.length - 1) * 60, stepSeconds: 60 };
  return promqlObservation([], {
    resultType: 'matrix',
    series: points.length === 0 ? [] : [{ labels: {}, points }],
    range,
  });
}

export function rulesObservation(value: RulesAnswer): Observation {
  return { question: { ask: 'rules', source: 'prometheus' }, ...rest, outcome: { ok: true, value } };
}
