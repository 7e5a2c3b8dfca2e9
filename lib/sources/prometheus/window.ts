import type { Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { chunkNames, namesSelector, promqlDuration } from './request.ts';

export type MetricQuestion = Extract<Question, { ask: 'metric' }>;

/** One request for the samples of many names over a short window. */
export interface WindowRequest {
  readonly names: readonly string[];
  readonly query: string;
}

/**
 * What is put into one request, in bytes of its body. Prometheus reads 10 MiB of a form; 3 MiB hold 10 000 names with
 * the suffixes that a histogram needs, in one request. A proxy that allows less answers 413, and then it is halved.
 */
export const mostBytes = 3 * 1024 * 1024;

/**
 * The requests for these names over one window. Each carries `up`, without which nothing can be judged, and the
 * series that says which commit runs.
 */
export function windowRequests(
  asked: readonly string[],
  options: {
    readonly windowMs: number;
    readonly buildInfo: SourceSpec['buildInfo'];
    readonly matchers: string;
    readonly bytes?: number;
  },
): readonly WindowRequest[] {
  const always = alwaysAsked(options.buildInfo);
  const names = [...new Set(asked)].filter((name) => !always.includes(name)).sort();
  const chunks = names.length === 0 ? [[]] : chunkNames(names, options.bytes ?? mostBytes);
  return chunks.map((chunk) => {
    const all = [...chunk, ...always];
    return {
      names: all,
      query: `${namesSelector(all, options.matchers)}[${promqlDuration(options.windowMs)}]`,
    };
  });
}

/** Names in every request of a window. */
export function alwaysAsked(buildInfo: SourceSpec['buildInfo']): readonly string[] {
  return buildInfo === null || buildInfo.metric === 'up' ? ['up'] : ['up', buildInfo.metric];
}

/**
 * Names under which a metric may stand. A classic histogram shows itself by `_count` and `_bucket`, a summary by
 * `_count`; a name without a declared type is looked for under suffixes only once it is found absent.
 */
export function namesToAsk({ name, type }: Pick<MetricQuestion, 'name' | 'type'>): readonly string[] {
  return type === 'histogram' || type === 'summary' ? [name, `${name}_count`, `${name}_bucket`] : [name];
}

/** Of a histogram's buckets one is proof enough, unless buckets are themselves what somebody declares. */
export function matchersFor(questions: readonly MetricQuestion[]): string {
  const histograms = questions.some(({ type }) => type === 'histogram' || type === 'summary');
  return histograms && !questions.some(({ name }) => name.includes('bucket')) ? ',le=~"|\\\\+Inf"' : '';
}

/**
 * Questions that share a window, which is the longest of theirs: all of them, or two groups where the longest is more
 * than four times the shortest and would load the rest with samples nobody reads. Split where neighbours differ most.
 */
export function groupByWindow(
  questions: readonly MetricQuestion[],
): readonly { readonly windowMs: number; readonly questions: readonly MetricQuestion[] }[] {
  const sorted = [...questions].sort((a, b) => a.freshWithinMs - b.freshWithinMs);
  const windows = sorted.map(({ freshWithinMs }) => freshWithinMs);
  const longest = windows.at(-1) ?? 0;
  if (longest <= 4 * (windows[0] ?? 0)) return [{ windowMs: longest, questions: sorted }];
  const ratios = windows.map((ms, index) => (index === 0 ? 0 : ms / (windows[index - 1] ?? ms)));
  const at = ratios.indexOf(Math.max(...ratios));
  return [
    { windowMs: windows[at - 1] ?? longest, questions: sorted.slice(0, at) },
    { windowMs: longest, questions: sorted.slice(at) },
  ];
}
