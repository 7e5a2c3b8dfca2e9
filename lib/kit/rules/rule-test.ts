import { writeDuration } from '#lib/domain/duration.ts';
import { parenthesised } from '#lib/domain/promql-text.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { type BoundAlert, boundAlerts, numberText } from '../bound.ts';
import { type InputSeries, type Phases, type SeriesFor, seriesFor } from './series.ts';

/** One test of `promtool test rules`: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/ */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

export interface RuleTests {
  readonly evaluationInterval: string;
  readonly tests: readonly RuleTest[];
  /** Alerts whose expression no series are made for, with the reason. */
  readonly untested: readonly { readonly alert: string; readonly why: string }[];
}

const minuteMs = 60_000;

/** A test for each alert: silent just inside its bound, and just past it until its time is up; then it fires. */
export function ruleTests(spec: Spec): RuleTests {
  const alerts = boundAlerts(spec).map((one) => ({
    ...one,
    made: seriesFor(one.threshold.value, phasesOf(one.bound, one.threshold.side)),
  }));
  const tested = alerts.flatMap(({ made, ...one }) => (made.ok ? [{ ...one, made }] : []));
  const untested = alerts.flatMap(({ alert, made }) =>
    made.ok ? [] : [{ alert: alert.name, why: made.why }],
  );
  const everyMs = evaluationMs(tested);
  const tests = tested.map((one) => testOf(one, everyMs));
  return { evaluationInterval: writeDuration(everyMs), tests, untested };
}

interface Tested extends BoundAlert {
  readonly made: Extract<SeriesFor, { ok: true }>;
}

/** Evaluations of one test: some seconds' work for `promtool`. */
const mostEvaluations = 3000;

/**
 * As seldom as all durations allow, so that each ends on an evaluation; at least every 15 s, at most every second.
 * Where the longest would take too many, more seldom: shorter ones then end on the evaluation after them.
 */
function evaluationMs(tested: readonly Tested[]): number {
  const durationsMs = tested.map(({ rule }) => rule.forMs).filter((ms) => ms > 0);
  const common = Math.max(1000, durationsMs.reduce(commonDivisor, 15_000));
  const longestMs = Math.max(
    0,
    ...tested.map(({ rule, made }) => 2 * (rule.forMs + Math.max(0, ...made.rangesMs))),
  );
  if (longestMs / common <= mostEvaluations) return common;
  return Math.ceil(longestMs / mostEvaluations / 15_000) * 15_000;
}

function testOf({ alert, rule, threshold, bound, made }: Tested, everyMs: number): RuleTest {
  const { rangesMs, instant } = made;
  const windowMs = Math.max(0, ...rangesMs);
  const sampleMs = sampleEveryMs(rangesMs, instant, everyMs);
  const forMs = Math.ceil(rule.forMs / everyMs) * everyMs;
  const settleMs = Math.ceil(windowMs / everyMs) * everyMs;
  const stepMs = (everyMs / commonDivisor(everyMs, sampleMs)) * sampleMs;
  const turnMs = Math.ceil((settleMs + forMs + sampleMs + everyMs) / stepMs) * stepMs;
  const endMs = turnMs + settleMs + forMs;
  const firing = `count by (alertname, severity) (ALERTS{alertname="${alert.name}", alertstate="firing"})`;
  const labels = `{alertname="${alert.name}", severity="${alert.severity}"}`;
  const at = (ms: number, fires: boolean) => ({
    expr: firing,
    eval_time: writeDuration(ms),
    exp_samples: fires ? [{ labels, value: 1 }] : [],
  });
  // Prometheus keeps since when an alert is active: it fires as much later as its rule says, to the evaluation.
  const since = `sum(ALERTS_FOR_STATE{alertname="${alert.name}"})`;
  const first = `timestamp(ALERTS{alertname="${alert.name}", alertstate="firing"})[${writeDuration(settleMs + everyMs)}:${writeDuration(everyMs)}]`;
  const lasting = {
    expr: `sum(min_over_time(${first})) - ${since}`,
    eval_time: writeDuration(endMs),
    exp_samples: [{ labels: '{}', value: forMs / 1000 }],
  };
  const recorded = {
    expr: `sum(abs(${threshold.record} - ${parenthesised(threshold.value)}))`,
    eval_time: writeDuration(endMs),
    exp_samples: [{ labels: '{}', value: 0 }],
  };
  return {
    name: `${alert.name}: ${threshold.side} ${numberText(bound)}${forMs === 0 ? '' : ` for ${writeDuration(rule.forMs)}`}`,
    interval: writeDuration(sampleMs),
    input_series: made.series.map((series) => ({
      series: seriesText(series),
      values: valuesText(series, { sampleMs, turnMs, endMs }),
    })),
    promql_expr_test: [
      at(turnMs - everyMs, false),
      ...(forMs === 0 ? [] : [at(turnMs + forMs - everyMs, false)]),
      at(endMs, true),
      ...(forMs === 0 ? [] : [lasting]),
      ...(threshold.record ? [recorded] : []),
    ],
  };
}

/** A hundredth to either side of the bound; around nought, nought itself and a hundredth. */
function phasesOf(bound: number, side: 'above' | 'below'): Phases {
  const margin = bound === 0 ? 0.01 : Math.abs(bound) / 100;
  const sign = side === 'above' ? 1 : -1;
  return { inside: bound === 0 ? 0 : bound - sign * margin, past: bound + sign * margin };
}

/** Four samples in each range at least, and one in each minute where a series is looked at as it is now. */
function sampleEveryMs(rangesMs: readonly number[], instant: boolean, everyMs: number): number {
  if (rangesMs.length === 0) return Math.min(everyMs, minuteMs);
  const quarter = rangesMs.reduce(commonDivisor) / 4;
  return instant && quarter > minuteMs ? commonDivisor(quarter, minuteMs) : quarter;
}

function seriesText({ name, labels }: InputSeries): string {
  return `${name}{${labels.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(', ')}}`;
}

/** Values before and from the turn, in promtool's notation: `0+2x10` is eleven values from 0, each 2 more. */
function valuesText(
  { rises, phases }: InputSeries,
  { sampleMs, turnMs, endMs }: { sampleMs: number; turnMs: number; endMs: number },
): string {
  const before = turnMs / sampleMs - 1;
  const after = Math.ceil((endMs - turnMs) / sampleMs) + 1;
  if (!rises) return `${decimal(phases.inside)}+0x${before} ${decimal(phases.past)}+0x${after}`;
  const steps = { inside: dyadic(phases.inside * sampleMs), past: dyadic(phases.past * sampleMs) };
  const next = steps.inside * before + steps.past;
  return `0+${steps.inside}x${before} ${next}+${steps.past}x${after}`;
}

/** Twenty binary digits per second of the sample: sums of it are exact, so that a counter never seems to fall. */
function dyadic(perThousand: number): number {
  const value = perThousand / 1000;
  if (value === 0) return 0;
  const scale = 2 ** (20 - Math.ceil(Math.log2(value)));
  return Math.round(value * scale) / scale;
}

function decimal(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
