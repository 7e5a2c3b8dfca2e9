import { z } from 'zod';
import type { BindFault, CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { PromqlAnswer, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Question } from '#lib/domain/question.ts';
import { promqlAgain } from './metrics/again.ts';
import { boundFault, boundsSchema, limitOf } from './metrics/bounds.ts';
import { durationText, msOf, promqlFault } from './metrics/declaration.ts';
import { promqlAnswer, rulesAnswer } from './metrics/observed.ts';
import { type MadeUpRule, type QueryBound, queryOutcome } from './metrics/query-outcome.ts';
import { measure } from './metrics/timeline.ts';
import { shown } from './metrics/words.ts';
import { constantFallbacks } from './promql/fallbacks.ts';
import { metricNamesIn } from './promql/names.ts';
import { bare, parsePromql } from './promql/parse.ts';

const parameters = z.strictObject({
  expr: z.string().min(1).max(10_000).describe('PromQL that gives one number, or with `each` several.'),
  is: boundsSchema,
  range: z
    .strictObject({
      over: durationText.describe('The worst value over this last while is compared.'),
      step: durationText.exactOptional().describe('Default: a 240th of it, at least 1 s.'),
      gaps: durationText.exactOptional().describe('How much of it may be without data. Default: nothing.'),
    })
    .exactOptional()
    .describe('Compare not only now. Default: now.'),
  quietWhen: z
    .string()
    .min(1)
    .max(10_000)
    .exactOptional()
    .describe('PromQL: where this holds, no data or NaN is right, because nothing happened.'),
  each: z.boolean().exactOptional().describe('Several series are expected, and each must hold.'),
});
/** A PromQL expression's value holds against a bound, now or over a while. */
export const query: CheckKind<z.infer<typeof parameters>, QueryBound> = {
  meta: {
    id: 'query',
    title: 'Query',
    why: 'A number must stay within its bound, and no number must not look like a good one.',
    fix: 'Bring the measured value within its bound; the evidence shows the worst value and when it was.',
  },
  ruleVersion: 1,
  sourceKinds: ['prometheus'],
  parameters,
  bind: ({ expr, is, range, quietWhen, each }) => {
    const faults = [
      promqlFault(expr, ['expr'], 'the expression') ?? rangeFault(expr),
      boundFault(is, ['is']),
      quietWhen === undefined ? null : promqlFault(quietWhen, ['quietWhen'], '`quietWhen`'),
    ].filter((fault) => fault !== null);
    const read = range === undefined ? null : readRange(range);
    if (read?.fault) faults.push(read.fault);
    if (faults.length > 0) return { ok: false, faults };
    return {
      ok: true,
      bound: {
        expr,
        is,
        range: read?.range ?? null,
        quietWhen: quietWhen ?? null,
        each: each ?? false,
        fallbacks: constantFallbacks(expr).map(({ text, guarded }) => ({ text, guarded })),
        recorded: recordedNames(expr),
      },
    };
  },
  reads: ({ expr, range, quietWhen, fallbacks, recorded }, source): readonly Question[] => {
    const over = range === null ? null : { rangeMs: range.overMs, stepMs: range.stepMs };
    const exprs = [
      expr,
      ...fallbacks.map(({ guarded }) => guarded),
      ...(quietWhen === null ? [] : [quietWhen]),
    ];
    return [
      ...exprs.map((one) => ({ ask: 'promql', source, expr: one, range: over }) as const),
      ...(recorded.length > 0 ? [{ ask: 'rules', source } as const] : []),
    ];
  },
  evaluate: (observations, bound, context) => {
    const rules = bound.recorded.length > 0 ? observations.at(-1) : undefined;
    const [answer, ...rest] = observations.slice(0, rules ? -1 : undefined).map(promqlAnswer);
    if (!answer) throw new Error('no answer to a query’s question where one was due');
    const guards = rest.slice(0, bound.fallbacks.length);
    const quiet = bound.quietWhen === null ? null : (rest[bound.fallbacks.length] ?? null);
    const rule = rules ? madeUpRule(rulesAnswer(rules), bound.recorded) : null;
    return judge(answer, guards, quiet, rule, bound, context);
  },
};

/** By convention only recording rules have a colon in their name. */
function recordedNames(expr: string): readonly string[] {
  const read = metricNamesIn(expr);
  return read.ok ? read.names.filter((name) => name.includes(':')) : [];
}

function madeUpRule({ recording }: RulesAnswer, names: readonly string[]): MadeUpRule | null {
  for (const { name, query } of recording) {
    const [fallback] = names.includes(name) ? constantFallbacks(query) : [];
    if (fallback) return { name, query, text: fallback.text };
  }
  return null;
}

const mostPoints = 11_000;

function readRange(range: NonNullable<z.infer<typeof parameters>['range']>): {
  readonly range: NonNullable<QueryBound['range']>;
  readonly fault: BindFault | null;
} {
  const overMs = msOf(range.over);
  const stepMs =
    range.step === undefined ? Math.max(1000, Math.ceil(overMs / 240_000) * 1000) : msOf(range.step);
  const fault =
    stepMs > overMs
      ? 'the step is longer than the range'
      : overMs / stepMs > mostPoints
        ? `the range has more than ${mostPoints} steps, which Prometheus refuses: write a longer step`
        : null;
  return {
    range: { overMs, stepMs, gapsMs: range.gaps === undefined ? 0 : msOf(range.gaps) },
    fault: fault === null ? null : { path: ['range', 'step'], message: fault },
  };
}

/** `x[5m]` is samples, not a value; Prometheus would answer with all of them. */
function rangeFault(expr: string): BindFault | null {
  const parse = parsePromql(expr);
  if (!parse.ok || !/^(MatrixSelector|SubqueryExpr|StringLiteral)$/.test(bare(parse.top).name)) return null;
  return {
    path: ['expr'],
    message: 'the expression gives a range of samples or a text, not a value to compare',
  };
}

function judge(
  answer: PromqlAnswer,
  guards: readonly PromqlAnswer[],
  quiet: PromqlAnswer | null,
  rule: MadeUpRule | null,
  bound: QueryBound,
  { source }: EvaluateContext,
): Judgement {
  const measured = measure(answer, guards, quiet, bound);
  const outcome = queryOutcome(answer, measured, bound, rule);
  const warned =
    answer.warnings.length > 0 ? ` Prometheus warned: “${shown(answer.warnings[0] ?? '')}”.` : '';
  const cut = outcome.verdict === 'pass' && answer.warnings.some((text) => /truncat|partial/i.test(text));
  const { worst } = measured;
  return {
    verdict: cut ? 'unknown' : outcome.verdict,
    quiet: outcome.quiet,
    fact: outcome.fact,
    sentence: `${outcome.sentence}${warned}`,
    toGreen: cut ? ['Put right what Prometheus warns of, so that its answer is whole.'] : outcome.toGreen,
    deciding: {
      outcome: cut ? 'partial' : outcome.deciding,
      ...(outcome.deciding === 'violated' && bound.each ? { series: measured.violating.slice(0, 20) } : {}),
    },
    readings: {
      value: worst?.text ?? measured.oddText,
      at: worst ? new Date(worst.atSeconds * 1000).toISOString() : null,
      series: answer.series.length,
      worst: worst?.labels ?? null,
      gapsMs: measured.gapsMs,
      quietMs: measured.quietSteps * (bound.range?.stepMs ?? 0),
      values: answer.series
        .slice(0, 20)
        .map(({ labels, points }) => ({ labels, value: points.at(-1)?.[1] ?? '' })),
      warnings: answer.warnings,
    },
    picture: {
      kind: 'series',
      points: measured.line.map(([at, value]) => [at, value]),
      limit: limitOf(bound.is),
    },
    again: promqlAgain(source?.address, bound.expr, {
      fault: outcome.fault,
      ...(bound.range ? { rangeMs: bound.range.overMs } : {}),
    }),
  };
}
