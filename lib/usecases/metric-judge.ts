import { judge } from '#lib/checks/judge.ts';
import { checkKinds } from '#lib/checks/registry.ts';
import type { CheckSource } from '#lib/domain/check-kind.ts';
import type { Judged } from '#lib/domain/judgement.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { questionKey } from '#lib/domain/question.ts';
import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';

/** One metric of the inventory, ready to be asked about and judged by the same rule as a `metric` check. */
export interface PlannedMetric {
  readonly name: string;
  readonly declared: MetricDeclaration;
  readonly questions: (source: string) => readonly Question[];
  /** Keys of its questions, in their order, whatever the source. */
  readonly keys: readonly string[];
  /** Null when the observations do not hold what it asks. */
  readonly judge: (seen: ObservationIndex, at: MetricContext) => Judged | null;
}

/** What a metric is judged at. */
export interface MetricContext {
  readonly source: CheckSource;
  readonly nowMs: number;
  /** The candidate's, which what is scraped must be where its build is declared; null: whatever is scraped will do. */
  readonly commit: string | null;
}

/** Observations by the key of their question. */
export type ObservationIndex = ReadonlyMap<string, Observation>;

/** Every metric that a spec declares, in its order. */
export function planMetrics(spec: Spec): PlannedMetric[] {
  const kind = checkKinds.get('metric');
  if (!kind) throw new Error('The registry has no kind `metric`.');
  return spec.metrics.map((declared) => {
    const { name } = declared;
    const bind = kind.bind({ metric: name }, spec);
    if (!bind.ok) throw new Error(`The metric ${name} passed the spec's reader and does not bind.`);
    const questions = (source: string) => kind.reads(bind.bound, source);
    const keys = questions('').map(questionKey);
    const judgeOne: PlannedMetric['judge'] = (seen, at) => {
      const observations = keys.flatMap((key) => seen.get(key) ?? []);
      if (observations.length < keys.length) return null;
      return judge(kind, bind.bound, observations, { ...at, itemStates: new Map() });
    };
    return { name, declared, questions, keys, judge: judgeOne };
  });
}

/** Observations by their questions' keys; of equals the later stays. */
export function indexObservations(observations: readonly Observation[]): ObservationIndex {
  return new Map(observations.map((observation) => [questionKey(observation.question), observation]));
}
