import type { Judged } from '#lib/domain/judgement.ts';
import type { Question } from '#lib/domain/question.ts';
import type { SourceSpec, Spec } from '#lib/domain/spec.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { askSource } from '#lib/sources/registry.ts';
import type { OnceHouse } from './check-once.ts';
import { indexObservations, planMetrics } from './metric-judge.ts';

export interface CoverageLine {
  readonly metric: string;
  readonly verdict: Verdict;
  readonly sentence: string;
}

export interface Coverage {
  readonly source: string;
  readonly covered: number;
  readonly total: number;
  /** Truncated. */
  readonly percent: number;
  readonly missing: number;
  readonly unknown: number;
  readonly requests: number;
  readonly tookMs: number;
  readonly metrics: readonly CoverageLine[];
}

/** Asks one Prometheus about every metric that a spec declares, all in a few requests. */
export async function coverageOnce(spec: Spec, address: string, house: OnceHouse): Promise<Coverage> {
  const declared = spec.sources.find(({ kind }) => kind === 'prometheus');
  const source: SourceSpec = declared ? { ...declared, address } : { ...prometheusAt, address };
  const metrics = planMetrics(spec);
  const questions = new Map<string, Question>();
  for (const { keys, questions: of } of metrics) {
    for (const [index, question] of of(source.id).entries()) questions.set(keys[index] ?? '', question);
  }
  const beganMs = house.now();
  const collection = await askSource(source, [...questions.values()], { ...house, commit: null });
  const seen = indexObservations(collection.observations);
  const nowMs = house.now();
  const lines = metrics.map((metric): CoverageLine => {
    const judged = metric.judge(seen, {
      source: { id: source.id, title: source.title, address },
      nowMs,
      commit: null,
    });
    return { metric: metric.name, ...said(judged) };
  });
  const covered = lines.filter(({ verdict }) => verdict === 'pass').length;
  const missing = lines.filter(({ verdict }) => verdict === 'fail').length;
  return {
    source: address,
    covered,
    total: lines.length,
    percent: lines.length === 0 ? 0 : Math.trunc((100 * covered) / lines.length),
    missing,
    unknown: lines.length - covered - missing,
    requests: collection.requests,
    tookMs: nowMs - beganMs,
    metrics: lines,
  };
}

function said(judged: Judged | null): { verdict: Verdict; sentence: string } {
  if (!judged) return { verdict: 'unknown', sentence: 'The source was not asked about it.' };
  if (judged.kind === 'failed') return { verdict: 'unknown', sentence: judged.failure.message };
  const { verdict, sentence } = judged.judgement;
  return { verdict, sentence };
}

const prometheusAt: SourceSpec = {
  id: 'prometheus',
  title: 'Prometheus',
  kind: 'prometheus',
  network: null,
  address: '',
  everyMs: 15_000,
  timeoutMs: 30_000,
  buildInfo: null,
};
