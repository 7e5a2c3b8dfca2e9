import type { JsonObject } from '#lib/domain/json.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import { judgeAbsent } from './absent.ts';
import type { Declared } from './declaration.ts';
import { formWords, type Problem, problemsOf } from './problems.ts';
import { count, listWords, shown } from './words.ts';

/** What one declared metric comes to. */
export interface Finding {
  readonly name: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly quiet: boolean;
  /** After the metric's name, without a stop: `has 7 live series`. `short` is for a list. */
  readonly clause: string;
  readonly short: string;
  readonly toGreen: readonly string[];
  readonly deciding: JsonObject;
  /** The part of the query that is at fault, as a label matcher; null when it is all of it, or nothing. */
  readonly matcher: string | null;
}

export interface FindingContext {
  /** The candidate's commit; null when none is pinned. */
  readonly commit: string | null;
  /** Whether the declaration's `quietWhen` holds now; null when it has none. */
  readonly quietHolds: boolean | null;
}

/** Equal whether quiet or not, and whatever the values: a signature must not lapse because a night is still. */
const asDeclared: JsonObject = { state: 'as-declared' };

/** Judges what was seen of a metric by its declaration. Pure. */
export function judgeMetric(seen: MetricSeen, declared: Declared, context: FindingContext): Finding {
  return (
    otherBuild(seen, declared, context.commit) ??
    (seen.liveSeries === 0 ? absent(seen, declared, context) : live(seen, declared, context))
  );
}

/** What is scraped must be the candidate, or it cannot speak for it. */
function otherBuild(seen: MetricSeen, declared: Declared, commit: string | null): Finding | null {
  if (seen.builds === null || commit === null) return null;
  const others = seen.builds.filter((build) => !isBuildOf(build, commit));
  if (seen.builds.length > 0 && others.length === 0) return null;
  const named = others.filter((build) => build !== '');
  const runs =
    named.length > 0
      ? `what is scraped runs ${listWords(named)}, not ${commit.slice(0, 7)}`
      : 'what is scraped does not say which commit it runs';
  const clause = `cannot speak for the candidate: ${runs}`;
  return finding(declared, 'unknown', clause, clause, {
    toGreen: [
      `Deploy ${commit.slice(0, 7)} to what this Prometheus scrapes, and let its build series say so.`,
    ],
    deciding: { state: 'other-build', builds: others, commit },
  });
}

/** A build may be given short or whole, and the commit too: seven characters tell them apart. */
function isBuildOf(build: string, commit: string): boolean {
  const a = build.toLowerCase();
  const b = commit.toLowerCase();
  return a.length >= 7 && b.length >= 7 && (a.startsWith(b) || b.startsWith(a));
}

function absent(seen: MetricSeen, declared: Declared, { quietHolds }: FindingContext): Finding {
  if (seen.warnings.length > 0) return partial(seen, declared, 'has no live series in a partial answer');
  if (quietHolds === true) {
    const clause = 'has no live series, which is right while nothing happens';
    return finding(declared, 'pass', clause, clause, { quiet: true, deciding: asDeclared });
  }
  if (seen.absence === null) {
    const clause = 'has no live series, and why was not asked';
    return finding(declared, 'unknown', clause, clause, { deciding: { state: 'cannot-tell' } });
  }
  const { verdict, reason, clause, short, toGreen } = judgeAbsent(seen, declared, seen.absence);
  return finding(declared, verdict, clause, short, {
    toGreen: toGreen === null ? [] : [toGreen],
    deciding: { state: reason },
  });
}

function live(seen: MetricSeen, declared: Declared, { quietHolds }: FindingContext): Finding {
  const problems = problemsOf(seen, declared);
  const [first] = problems;
  if (first) {
    const clause = problems.map((problem) => problem.clause).join('; ');
    if (seen.warnings.length > 0) return partial(seen, declared, clause);
    const verdict = problems.every((problem: Problem) => problem.unknown) ? 'unknown' : 'fail';
    return finding(declared, verdict, clause, first.clause, {
      toGreen: problems.map(({ toGreen }) => toGreen),
      deciding: Object.assign({ state: 'not-as-declared' }, ...problems.map(({ deciding }) => deciding)),
      matcher: first.matcher,
    });
  }
  const notNumber = seen.notNumberSeries;
  if (notNumber > 0 && quietHolds !== true) {
    const which =
      notNumber === seen.liveSeries
        ? ''
        : ` on ${notNumber} of ${count(seen.liveSeries, 'series', 'series')}`;
    const clause = `is emitted, and its value is not a number${which}${valueWords(seen)}`;
    const holds = quietHolds === false ? '; its `quietWhen` does not hold now' : '';
    return finding(declared, 'unknown', `${clause}${holds}`, clause, {
      toGreen: [
        `Let ${declared.name} have a number, or declare with \`quietWhen\` when it rightly has none.`,
      ],
      deciding: { state: 'not-a-number' },
    });
  }
  const quiet = notNumber > 0;
  const short = `has ${count(seen.liveSeries, 'live series', 'live series')}${formWords(seen)}`;
  const clause = quiet
    ? `${short}, not a number, which is right while nothing happens`
    : `${short}${labelWords(seen, declared)}${typeWords(seen, declared)}`;
  return finding(declared, 'pass', clause, short, {
    quiet,
    deciding: asDeclared,
  });
}

function partial(seen: MetricSeen, declared: Declared, what: string): Finding {
  const clause = `${what}: Prometheus warned “${shown(seen.warnings[0] ?? '')}”`;
  return finding(declared, 'unknown', clause, clause, {
    toGreen: ['Put right what Prometheus warns of, so that its answer is whole.'],
    deciding: { state: 'partial-answer' },
  });
}

function finding(
  { name }: Declared,
  verdict: Finding['verdict'],
  clause: string,
  short: string,
  rest: Partial<Pick<Finding, 'quiet' | 'toGreen' | 'matcher'>> & { readonly deciding: JsonObject },
): Finding {
  return { name, verdict, clause, short, quiet: false, toGreen: [], matcher: null, ...rest };
}

function valueWords({ samples }: MetricSeen): string {
  const odd = samples.find(({ value }) => !Number.isFinite(Number(value)));
  return odd ? ` (${odd.value})` : '';
}

function labelWords(seen: MetricSeen, declared: Declared): string {
  const required = declared.labels.filter((label) => label.required.length > 0);
  const all = required.map(({ name, required }) =>
    required.length === 1
      ? `${name} has ${listWords(required)}`
      : `${name} has all ${required.length} required values`,
  );
  const others = Object.entries(otherValues(seen, declared)).map(
    ([name, values]) => `${name} also has ${listWords(values)}, not declared`,
  );
  const words = [...all, ...others];
  return words.length === 0 ? '' : `; ${words.join('; ')}`;
}

/** Values outside what is declared, by label: reported, and no fault. */
function otherValues(seen: MetricSeen, declared: Declared): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    declared.labels.flatMap(({ name, required, allowed }) => {
      if (required.length + allowed.length === 0) return [];
      const values = (seen.labels[name]?.values ?? []).filter(
        (value) => !required.includes(value) && !allowed.includes(value),
      );
      return values.length === 0 ? [] : [[name, values.slice(0, 20)] as const];
    }),
  );
}

function typeWords(seen: MetricSeen, { type }: Declared): string {
  if (type === null || type === 'untyped') return '';
  return seen.types.every((told) => told === 'untyped')
    ? `; its target does not tell its type, declared ${type}`
    : '';
}
