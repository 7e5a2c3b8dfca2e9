import { type Expression, type Matcher, readExpression } from './expression.ts';

/** What a value comes to while it is just inside its bound, then once it is just past it. */
export interface Phases {
  readonly inside: number;
  readonly past: number;
}

/** One series: a gauge's value, or how much a counter rises in a second. */
export interface InputSeries {
  readonly name: string;
  readonly labels: readonly (readonly [string, string])[];
  readonly rises: boolean;
  readonly phases: Phases;
}

export type SeriesFor =
  | {
      readonly ok: true;
      readonly series: readonly InputSeries[];
      /** Lengths of the ranges that are looked back over. */
      readonly rangesMs: readonly number[];
      /** True when some series is looked at as it is now, so that samples must not be far apart. */
      readonly instant: boolean;
    }
  | { readonly ok: false; readonly why: string };

class Unusual extends Error {}

/** Series with which an expression comes to exactly these values, once its ranges hold nothing older. */
export function seriesFor(expr: string, phases: Phases): SeriesFor {
  const rangesMs: number[] = [];
  let instant = false;
  const note = (rangeMs: number | null) => {
    if (rangeMs === null) instant = true;
    else rangesMs.push(rangeMs);
  };
  try {
    const series = solve(readExpression(expr), phases, note);
    const keys = series.map(({ name, labels }) => JSON.stringify([name, labels]));
    if (new Set(keys).size < keys.length) throw new Unusual('one series would have to be two things at once');
    if (series.length === 0) throw new Unusual('it reads no series');
    return { ok: true, series, rangesMs, instant };
  } catch (error) {
    if (error instanceof Unusual) return { ok: false, why: error.message };
    throw error;
  }
}

type Note = (rangeMs: number | null) => void;

const overTime: ReadonlySet<string> = new Set([
  'avg_over_time',
  'max_over_time',
  'min_over_time',
  'last_over_time',
]);
const aggregates: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'avg']);

function solve(expression: Expression, phases: Phases, note: Note): readonly InputSeries[] {
  switch (expression.kind) {
    case 'series':
      note(expression.rangeMs);
      if (expression.rangeMs !== null) throw new Unusual('a range is not a value');
      return [gauge(expression, phases)];
    case 'aggregate': {
      const [of] = expression.args;
      if (!of || expression.args.length > 1 || !aggregates.has(expression.name))
        throw new Unusual(`\`${expression.name}\` of series`);
      return solve(of, phases, note);
    }
    case 'call':
      return solveCall(expression, phases, note);
    case 'binary':
      return solveBinary(expression, phases, note);
    case 'number':
      throw new Unusual('it reads no series');
    case 'unusual':
      throw new Unusual(`\`${expression.text}\``);
  }
}

function solveCall(
  { name, args }: Extract<Expression, { kind: 'call' }>,
  phases: Phases,
  note: Note,
): readonly InputSeries[] {
  const [first, second] = args;
  if (name === 'histogram_quantile' && first?.kind === 'number' && second)
    return solveQuantile(first.value, second, phases, note);
  if (first?.kind === 'series' && first.rangeMs !== null && args.length === 1) {
    note(first.rangeMs);
    if (name === 'rate') return [counter(first, phases)];
    if (name === 'increase') {
      const seconds = first.rangeMs / 1000;
      return [
        counter(
          first,
          each(phases, (value) => value / seconds),
        ),
      ];
    }
    if (overTime.has(name)) return [gauge(first, phases)];
  }
  throw new Unusual(`\`${name}\` of what stands there`);
}

/**
 * Buckets of which all observations fall into one, whose edges lie half a hundredth apart: Prometheus interpolates
 * inside a bucket, lower + (upper - lower) * q. Source: Prometheus, `promql/quantile.go`, bucketQuantile.
 */
function solveQuantile(q: number, of: Expression, { inside, past }: Phases, note: Note) {
  if (!(q > 0 && q < 1) || !(inside > 0) || !(past > 0)) throw new Unusual('a quantile that no bucket gives');
  let rates = of;
  while (rates.kind === 'aggregate' && rates.name === 'sum' && rates.args[0]) rates = rates.args[0];
  const buckets = rates.kind === 'call' && rates.args.length === 1 ? rates.args[0] : undefined;
  const isRate = rates.kind === 'call' && (rates.name === 'rate' || rates.name === 'increase');
  if (!isRate || buckets?.kind !== 'series' || buckets.rangeMs === null)
    throw new Unusual('a quantile of anything but the rate of buckets');
  note(buckets.rangeMs);
  const edges = (value: number) => [value * (1 - 0.005 * q), value * (1 + 0.005 * (1 - q))] as const;
  const [insideFrom, insideTo] = edges(inside);
  const [pastFrom, pastTo] = edges(past);
  const all = [insideFrom, insideTo, pastFrom, pastTo].sort((one, other) => one - other);
  const rise = (edge: number): Phases => ({
    inside: edge >= insideTo ? 1 : 0,
    past: edge >= pastTo ? 1 : 0,
  });
  const labelled = (le: string, phases: Phases): InputSeries => {
    const { name, labels } = counter(buckets, phases);
    return { name, labels: [...labels, ['le', le]], rises: true, phases };
  };
  return [
    ...all.map((edge) => labelled(String(Number(edge.toPrecision(12))), rise(edge))),
    labelled('+Inf', { inside: 1, past: 1 }),
  ];
}

function solveBinary(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  phases: Phases,
  note: Note,
): readonly InputSeries[] {
  const factor = right.kind === 'number' ? right.value : left.kind === 'number' ? left.value : null;
  if (factor !== null) {
    const [of, mirrored] = right.kind === 'number' ? [left, false] : [right, true];
    return solve(of, each(phases, inverse(operator, factor, mirrored)), note);
  }
  if (operator === '/') return solveRatio(left, right, phases, note);
  const base = { inside: 1, past: 1 };
  const rest = each(phases, (value) => (operator === '-' ? value + 1 : value - 1));
  if (operator === '*') return [...solve(left, phases, note), ...solve(right, base, note)];
  return [...solve(left, rest, note), ...solve(right, base, note)];
}

/** A share: of 100 in a second so many. Where both sides read one metric, what is left of the 100 has other labels. */
function solveRatio(left: Expression, right: Expression, phases: Phases, note: Note): readonly InputSeries[] {
  const whole = 100;
  const part = solve(
    left,
    each(phases, (value) => value * whole),
    note,
  );
  const [of] = part;
  const total = solve(right, { inside: whole, past: whole }, note);
  const [all] = total;
  if (!of || !all || of.name !== all.name || part.length > 1) return [...part, ...total];
  const own = of.labels.find(([label]) => !all.labels.some(([other]) => other === label));
  const rest = each(of.phases, (value) => all.phases.inside - value);
  if (!own || rest.inside < 0 || rest.past < 0 || total.length > 1)
    throw new Unusual('a share of the same series');
  const others = of.labels.map(([label, value]) => [label, label === own[0] ? 'other' : value] as const);
  return [of, { ...all, labels: others, phases: rest }];
}

/** What must stand on the other side of a number for the whole to come to a value. */
function inverse(operator: string, number: number, mirrored: boolean): (value: number) => number {
  if (operator === '+') return (value) => value - number;
  if (operator === '-') return (value) => (mirrored ? number - value : value + number);
  if (number === 0) throw new Unusual('a factor of nought');
  if (operator === '*') return (value) => value / number;
  if (!mirrored) return (value) => value * number;
  return (value) => {
    if (value === 0) throw new Unusual('a number divided by series, with a bound of nought');
    return number / value;
  };
}

function each({ inside, past }: Phases, change: (value: number) => number): Phases {
  return { inside: change(inside), past: change(past) };
}

function gauge(of: Extract<Expression, { kind: 'series' }>, phases: Phases): InputSeries {
  return { name: of.name, labels: labelsOf(of.matchers), rises: false, phases };
}

function counter(of: Extract<Expression, { kind: 'series' }>, phases: Phases): InputSeries {
  if (phases.inside < 0 || phases.past < 0) throw new Unusual('a counter that would have to fall');
  return { name: of.name, labels: labelsOf(of.matchers), rises: true, phases };
}

/** Labels that satisfy matchers. */
function labelsOf(matchers: readonly Matcher[]): readonly (readonly [string, string])[] {
  const labels = new Map<string, string>();
  for (const { label, how, value } of matchers) {
    if (how === '=') labels.set(label, value);
    if (how === '=~') {
      const [first = ''] = value.split('|');
      if (!/^[\w:/. -]*$/.test(first)) {
        if (value !== '.*' && value !== '.+') throw new Unusual(`labels that match \`${value}\``);
        labels.set(label, 'any');
      } else labels.set(label, first);
    }
  }
  const fits = matchers.every(({ label, how, value }) => {
    const has = labels.get(label) ?? '';
    if (how === '!=') return has !== value;
    if (how !== '!~') return how !== '=' || has === value;
    if (!/^[\w:/. |-]*$/.test(value)) throw new Unusual(`labels that do not match \`${value}\``);
    return !value.split('|').includes(has);
  });
  if (!fits) throw new Unusual('labels that contradict each other');
  return [...labels].filter(([, value]) => value !== '');
}
