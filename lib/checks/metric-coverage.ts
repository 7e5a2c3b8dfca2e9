import { z } from 'zod';
import type { CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Json } from '#lib/domain/json.ts';
import type { Judgement, Picture } from '#lib/domain/judgement.ts';
import type { MetricSeen, NamesSeen } from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { manySelector, promqlAgain, queriedNames } from './metrics/again.ts';
import { chooseMetrics } from './metrics/choose.ts';
import { type Declared, declaredOf, promqlFault } from './metrics/declaration.ts';
import { type Finding, judgeMetric } from './metrics/finding.ts';
import {
  metricQuestion,
  metricSeen,
  namesQuestion,
  namesSeen,
  promqlAnswer,
  quietHolds,
  quietQuestion,
} from './metrics/observed.ts';
import { count, percent, shown } from './metrics/words.ts';

const parameters = z.strictObject({
  group: z
    .string()
    .min(1)
    .max(200)
    .exactOptional()
    .describe('Only the metrics of this group of the inventory.'),
  metrics: z
    .array(z.string().min(1).max(500))
    .max(20_000)
    .exactOptional()
    .describe('Only these metrics of the inventory.'),
  atLeast: z.int().min(1).exactOptional().describe('How many must be there. Default: all.'),
});
type Bound = {
  readonly metrics: readonly Declared[];
  /** Null: all of them. */
  readonly atLeast: number | null;
};

/** Every metric of an inventory, or at least so many, is emitted as declared: k of n. */
export const metricCoverage: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'metric-coverage',
    title: 'Metric coverage',
    why: 'Observability has holes where nobody looks: all declared metrics are looked at, each time.',
    fix: 'Emit what is missing from the node, or take it out of the inventory with a reason.',
  },
  ruleVersion: 2,
  sourceKinds: ['prometheus'],
  parameters,
  bind: (given, spec) => {
    const chosen = chooseMetrics(given, spec);
    if (!chosen.ok) return chosen;
    const metrics = [...new Map(chosen.metrics.map((one) => [one.name, declaredOf(one)])).values()];
    const faults = metrics.flatMap(({ name, quietWhen }) => {
      const fault =
        quietWhen === null ? null : promqlFault(quietWhen, ['metrics'], `\`quietWhen\` of ${name}`);
      return fault ?? [];
    });
    const atLeast = given.atLeast ?? null;
    if (atLeast !== null && atLeast > metrics.length) {
      const message = `asks for ${atLeast} of ${count(metrics.length, 'metric')}, which can never be`;
      faults.push({ path: ['atLeast'], message });
    }
    return faults.length > 0 ? { ok: false, faults } : { ok: true, bound: { metrics, atLeast } };
  },
  reads: (bound, source): readonly Question[] => [
    ...bound.metrics.map((declared) => metricQuestion(source, declared)),
    ...quietExpressions(bound).map((expr) => quietQuestion(source, expr)),
  ],
  follows: (observations, { metrics }, source): readonly Question[] => {
    const jobs = metrics.flatMap(({ job }, index) =>
      job === null ? (metricSeen(observations[index]).labels.job?.values ?? []) : [job],
    );
    const distinct = [...new Set(jobs)].sort();
    return distinct.length === 0 ? [] : [namesQuestion(source, distinct)];
  },
  evaluate: (observations, bound, context) => {
    if (bound.metrics.length === 0) return emptyInventory;
    const quiet = quietAnswers(observations, bound);
    const judged = bound.metrics.map((declared, index) => {
      const seen = metricSeen(observations[index]);
      const quietHolds = declared.quietWhen === null ? null : (quiet.get(declared.quietWhen) ?? false);
      const finding = judgeMetric(seen, declared, { commit: context.commit, quietHolds });
      return { seen, finding, queried: queriedNames(seen, declared) };
    });
    return judgementOf(judged, namesSeen(observations), bound, context);
  },
};

function quietExpressions({ metrics }: Bound): readonly string[] {
  return [...new Set(metrics.flatMap(({ quietWhen }) => quietWhen ?? []))];
}

function quietAnswers(observations: readonly Observation[], bound: Bound): ReadonlyMap<string, boolean> {
  return new Map(
    quietExpressions(bound).map((expr, index) => [
      expr,
      quietHolds(expr, promqlAnswer(observations[bound.metrics.length + index])),
    ]),
  );
}

const emptyInventory: Judgement = {
  verdict: 'unknown',
  quiet: false,
  fact: { lead: '0 of 0.', rest: 'no metric is declared' },
  sentence: 'No metric is declared, so there is nothing that could be covered.',
  toGreen: ['Declare the launch’s metrics in the spec, or name some of them here.'],
  deciding: { of: 0 },
  readings: {},
  picture: { kind: 'none' },
  again: null,
};

interface Judged {
  readonly seen: MetricSeen;
  readonly finding: Finding;
  /** Names under which its series stand. */
  readonly queried: readonly string[];
}

function judgementOf(
  judged: readonly Judged[],
  names: NamesSeen | null,
  { atLeast }: Bound,
  { source }: EvaluateContext,
): Judgement {
  const findings = judged.map(({ finding }) => finding);
  const holes = findings.filter(({ verdict }) => verdict !== 'pass');
  const failing = holes.filter(({ verdict }) => verdict === 'fail');
  const passing = findings.length - holes.length;
  const needed = atLeast ?? findings.length;
  const verdict = passing >= needed ? 'pass' : findings.length - failing.length < needed ? 'fail' : 'unknown';
  const decisive =
    verdict === 'unknown' ? holes.filter((hole) => hole.verdict === 'unknown') : [...failing, ...holes];
  const deciders = new Set(decisive);
  const named = [...deciders];
  const shownIn = named.length > 0 ? judged.filter(({ finding }) => deciders.has(finding)) : judged;
  const share = `${passing} of ${findings.length}`;
  const wanted = atLeast === null ? '' : `, ${atLeast} wanted`;
  return {
    verdict,
    quiet: verdict === 'pass' && findings.some(({ quiet }) => quiet),
    fact: { lead: named.length > 0 ? `${share}.` : share, rest: restOf(named, findings) },
    sentence: `${share} metrics are emitted as declared, ${percent(passing, findings.length)} %${wanted}${holeWords(named)}.`,
    toGreen: verdict === 'pass' ? [] : [...new Set(named.flatMap(({ toGreen }) => toGreen))].slice(0, 10),
    deciding: {
      of: findings.length,
      needed,
      holes: Object.fromEntries(holes.map(({ name, deciding }) => [name, deciding])),
    },
    readings: {
      metrics: judged.map((one) => readingOf(one, judged.length <= 100 ? 40 : 12)),
      names: names === null ? null : { ...names },
    },
    picture: pictureOf(judged),
    again: promqlAgain(source?.address, manySelector(shownIn.flatMap(({ queried }) => queried))),
  };
}

/** How many holes a sentence names. */
const mostNamed = 3;

function holeWords(holes: readonly Finding[]): string {
  if (holes.length === 0) return '';
  const named = holes.slice(0, mostNamed).map(({ name, short }) => `${shown(name)} ${short}`);
  const rest = holes.length - named.length;
  return `: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function restOf([first, ...others]: readonly Finding[], findings: readonly Finding[]): string {
  if (first)
    return `${shown(first.name)} ${first.short}${others.length > 0 ? `, and ${others.length} more` : ''}`;
  const quiet = findings.filter((one) => one.quiet).length;
  return quiet > 0 ? `with live series, ${quiet} of them quiet` : 'with live series';
}

/** A row of the coverage matrix. */
function readingOf({ seen, finding }: Judged, mostPoints: number): Json {
  return {
    name: finding.name,
    verdict: finding.verdict,
    quiet: finding.quiet,
    why: finding.clause,
    series: seen.liveSeries,
    lastSampleAt: seen.lastSampleAt ?? seen.absence?.lastSeenAt ?? null,
    line: seen.line.slice(-mostPoints),
  };
}

/** One small line a metric while they can be told apart, else a column a metric, at most one a pixel. */
function pictureOf(judged: readonly Judged[]): Picture {
  if (judged.length <= 16) {
    return {
      kind: 'metrics',
      lines: judged.map(({ seen, finding }) =>
        finding.verdict === 'pass' || seen.liveSeries > 0 ? seen.line.map(([, value]) => value) : null,
      ),
    };
  }
  const columns = Math.min(160, judged.length);
  return {
    kind: 'matrix',
    columns: Array.from({ length: columns }, (_, column) => {
      const from = Math.floor((column * judged.length) / columns);
      const to = Math.floor(((column + 1) * judged.length) / columns);
      return judged.slice(from, to).some(({ finding }) => finding.verdict !== 'pass') ? 'hole' : 'whole';
    }),
  };
}
