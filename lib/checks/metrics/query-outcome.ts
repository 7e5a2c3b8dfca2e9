import type { PromqlAnswer } from '#lib/domain/observations/prometheus.ts';
import { type Bounds, boundsWords, holds } from './bounds.ts';
import type { Measured, Sample } from './timeline.ts';
import { count, instantWords, listWords, numberWords, shown, spanWords } from './words.ts';

/** A query's parameters with what its expression shows of itself. */
export type QueryBound = {
  readonly expr: string;
  readonly is: Bounds;
  readonly range: { readonly overMs: number; readonly stepMs: number; readonly gapsMs: number } | null;
  readonly quietWhen: string | null;
  readonly each: boolean;
  /** Parts of the expression that make up a value, and what each stands in for. */
  readonly fallbacks: readonly { readonly text: string; readonly guarded: string }[];
  /** Names it reads that are of recording rules, by their colon. */
  readonly recorded: readonly string[];
};

/** What a query's answer comes to, in words. */
export interface QueryOutcome {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly quiet: boolean;
  readonly deciding: string;
  readonly fact: { readonly lead: string; readonly rest: string };
  readonly sentence: string;
  readonly toGreen: string[];
  readonly fault: string | null;
}

/** A recording rule that makes up values itself, where nobody who reads it can tell. */
export interface MadeUpRule {
  readonly name: string;
  readonly query: string;
  readonly text: string;
}

/** Judges what was measured by the bound. Pure. */
export function queryOutcome(
  answer: PromqlAnswer,
  measured: Measured,
  bound: QueryBound,
  rule: MadeUpRule | null,
): QueryOutcome {
  const asked = `${boundsWords(bound.is)} is asked`;
  const unknown = (deciding: string, lead: string, sentence: string, toGreen: string): QueryOutcome => ({
    verdict: 'unknown',
    quiet: false,
    deciding,
    fact: { lead, rest: asked },
    sentence: `${sentence}; ${asked}.`,
    toGreen: [toGreen],
    fault: null,
  });
  if (answer.resultType === 'string' || (answer.resultType === 'matrix' && bound.range === null)) {
    return unknown(
      'no-value',
      'No value,',
      'The query returned no value to compare',
      'Write an expression that gives a number.',
    );
  }
  if (!bound.each && answer.series.length > 1) {
    const n = answer.series.length;
    const sentence = `The query returned ${n} series where one number is compared`;
    return unknown(
      'several-series',
      `${n} series,`,
      sentence,
      'Aggregate to one number, or set `each: true`.',
    );
  }
  const { worst } = measured;
  if (rule !== null && (worst === null || worst.holds)) {
    const made = `\`${shown(rule.text, 200)}\` gives a value where nothing is measured`;
    const sentence = `${shown(rule.name)} is recorded as \`${shown(rule.query, 200)}\`, whose ${made}`;
    const remedy = `Record ${shown(rule.name)} without it, or write the rule’s own expression here.`;
    return { ...unknown('made-up', 'Made up by its rule,', sentence, remedy), fault: rule.name };
  }
  if (worst && !worst.holds) {
    return {
      verdict: 'fail',
      quiet: false,
      deciding: 'violated',
      fact: { lead: `${valueWords(worst, bound)},`, rest: `${placeWords(worst, measured, bound)}${asked}` },
      sentence: `${valueSentence(worst, measured, bound)}; ${asked}.`,
      toGreen: [`Bring the value to ${boundsWords(bound.is)}.`],
      fault: null,
    };
  }
  if (measured.gapsMs > (bound.range?.gapsMs ?? 0) || (bound.range === null && measured.gap !== null)) {
    return gapOutcome(measured, bound, asked, unknown);
  }
  if (!worst) {
    const what = measured.oddText === null ? 'returned no data' : `returned ${measured.oddText}`;
    return {
      verdict: 'pass',
      quiet: true,
      deciding: 'holds',
      fact: { lead: 'Quiet,', rest: 'nothing happened' },
      sentence: `The query ${what}, which is right while nothing happens: \`${shown(bound.quietWhen ?? '', 200)}\` holds.`,
      toGreen: [],
      fault: null,
    };
  }
  return {
    verdict: 'pass',
    quiet: measured.quietSteps > 0,
    deciding: 'holds',
    fact: { lead: `${valueWords(worst, bound)},`, rest: `${placeWords(worst, measured, bound)}${asked}` },
    sentence: `${valueSentence(worst, measured, bound)}; ${asked}.`,
    toGreen: [],
    fault: null,
  };
}

function gapOutcome(
  measured: Measured,
  bound: QueryBound,
  asked: string,
  unknown: (deciding: string, lead: string, sentence: string, toGreen: string) => QueryOutcome,
): QueryOutcome {
  const { gap } = measured;
  if (gap?.kind === 'made-up') {
    const { text, guarded } = gap.fallback;
    const value = gap.value === null ? 'value' : numberWords(Number(gap.value));
    return {
      ...unknown('made-up', 'Made up:', '', `Let what \`${shown(guarded, 200)}\` reads be emitted.`),
      fact: { lead: `${value} made up,`, rest: `by \`${shown(text, 200)}\`` },
      sentence: `The ${value} comes from \`${shown(text, 200)}\`${overWords(measured, bound)}: \`${shown(guarded, 200)}\` returned no data; ${asked}.`,
      fault: text,
    };
  }
  const remedy =
    bound.quietWhen === null
      ? 'Let what it reads be emitted, or declare with `quietWhen` when no data is right.'
      : 'Let what it reads be emitted; its `quietWhen` does not hold.';
  if (bound.range !== null && measured.worst) {
    const gaps = `${spanWords(measured.gapsMs)} of ${spanWords(bound.range.overMs)}`;
    const rest = `the worst value of the rest is ${valueWords(measured.worst, bound)}`;
    return unknown('gaps', `${gaps} without data,`, `${gaps} are without data; ${rest}`, remedy);
  }
  const over = bound.range === null ? '' : ` over ${spanWords(bound.range.overMs)}`;
  if (gap?.kind === 'not-a-number') {
    return unknown(
      'not-a-number',
      `${gap.text},`,
      `The query returned ${gap.text}${over}, which is not a number to compare`,
      remedy,
    );
  }
  return unknown('no-data', 'No data,', `The query returned no data${over}`, remedy);
}

function overWords(measured: Measured, bound: QueryBound): string {
  return bound.range === null ? '' : ` for ${spanWords(measured.gapsMs)} of ${spanWords(bound.range.overMs)}`;
}

/** The value, with so many digits that it is seen on which side of its bound it is. */
function valueWords({ value, holds: good }: Sample, { is }: QueryBound): string {
  return numberWords(value, (cut) => holds(cut, is) === good);
}

function labelsWords(labels: Sample['labels']): string {
  const parts = Object.entries(labels).filter(([name]) => name !== '__name__');
  return parts.length === 0
    ? ''
    : ` (${parts.map(([name, value]) => `${shown(name)} ${listWords([value])}`).join(', ')})`;
}

function placeWords(worst: Sample, measured: Measured, bound: QueryBound): string {
  const which = bound.each && measured.series > 1 ? `worst of ${measured.series} series, ` : '';
  return `${which}${bound.range === null ? '' : `at worst over ${spanWords(bound.range.overMs)}, `}`.concat(
    worst.holds || !bound.each || measured.series < 2 ? '' : `${measured.violating.length} do not hold, `,
  );
}

function valueSentence(worst: Sample, measured: Measured, bound: QueryBound): string {
  const value = valueWords(worst, bound);
  const when =
    bound.range === null
      ? ''
      : ` over ${spanWords(bound.range.overMs)}, at ${instantWords(new Date(worst.atSeconds * 1000).toISOString())},`;
  if (!bound.each)
    return bound.range === null ? `The value is ${value}` : `The worst value${when} is ${value}`;
  const all = count(measured.series, 'series', 'series');
  const who = labelsWords(worst.labels);
  const head = worst.holds
    ? measured.series === 1
      ? 'The only series holds'
      : `All ${all} hold`
    : `${measured.violating.length} of ${all} ${measured.violating.length === 1 ? 'does' : 'do'} not hold`;
  return `${head}: the worst value${when} is ${value}${who}`;
}
