import { z } from 'zod';
import { canonicalJson } from '#lib/canonical/canonical.ts';
import { type Json, jsonSchema } from '#lib/domain/json.ts';
import { redactedMark } from '#lib/domain/observations/endpoint.ts';
import { compilePattern } from '../pattern.ts';
import { pointer, valueAt } from './pointer.ts';
import { shown } from './words.ts';

const operators = {
  equals: jsonSchema.exactOptional().describe('It is exactly this.'),
  oneOf: z.array(jsonSchema).min(1).max(100).exactOptional().describe('It is one of these.'),
  atLeast: z.number().exactOptional().describe('A number, this or more.'),
  atMost: z.number().exactOptional().describe('A number, this or less.'),
  greaterThan: z.number().exactOptional().describe('A number, more than this.'),
  lessThan: z.number().exactOptional().describe('A number, less than this.'),
  matches: z
    .string()
    .min(1)
    .max(1000)
    .exactOptional()
    .describe('A text that this regular expression finds something in; no lookaround, no backreferences.'),
  present: z.boolean().exactOptional().describe('It is there (true), or is not (false).'),
};
type Operator = keyof typeof operators;
const operatorNames = Object.keys(operators) as Operator[];

function saysSomething(value: Readonly<Partial<Record<Operator, unknown>>>): boolean {
  return operatorNames.some((name) => value[name] !== undefined);
}
const wantsOperator = { error: `say what is to hold there: ${operatorNames.join(', ')}` };

const conditionSchema = z.strictObject({ at: pointer, ...operators }).refine(saysSomething, wantsOperator);
type Condition = z.infer<typeof conditionSchema>;

export const assertionSchema = z
  .strictObject({
    at: pointer,
    when: z
      .array(conditionSchema)
      .min(1)
      .max(10)
      .exactOptional()
      .describe('Asked only where all of these hold. Default: always.'),
    reading: z
      .boolean()
      .exactOptional()
      .describe('The value moves by itself (a height, a count): only whether it holds is evidence.'),
    ...operators,
  })
  .refine(saysSomething, wantsOperator);
export type Assertion = z.infer<typeof assertionSchema>;

/** How one assertion came out: `cannot-tell` where the value was a secret and is not kept. */
export interface Finding {
  readonly at: string;
  readonly outcome: 'holds' | 'fails' | 'cannot-tell' | 'not-asked';
  readonly value: Json | undefined;
  /** "is 1200000, wanted at most 1000000" */
  readonly words: string;
}

/** What is wrong with the patterns and limits of a condition, if something is. */
export function conditionFault(condition: Condition): string | null {
  const { matches, atLeast, greaterThan, atMost, lessThan, present } = condition;
  const pattern = matches === undefined ? null : compilePattern(matches, { lines: false });
  if (pattern?.ok === false) return pattern.message;
  const least = Math.max(atLeast ?? -Infinity, greaterThan ?? -Infinity);
  const most = Math.min(atMost ?? Infinity, lessThan ?? Infinity);
  const open = greaterThan === least || lessThan === most;
  if (least > most || (least === most && open)) return 'no number can be within these bounds';
  const others = operatorNames.filter((name) => name !== 'present' && condition[name] !== undefined);
  return present === false && others.length > 0
    ? `what is not there cannot hold \`${others[0]}\` as well`
    : null;
}

/** Judges one assertion over a body. */
export function judgeAssertion(body: Json, assertion: Assertion): Finding {
  const { at, when = [] } = assertion;
  const value = valueAt(body, at);
  const conditions = when.map((condition) => judgeCondition(valueAt(body, condition.at), condition));
  if (conditions.some(({ outcome }) => outcome === 'fails')) {
    return { at, outcome: 'not-asked', value, words: 'is not asked for here' };
  }
  const unclear = conditions.find(({ outcome }) => outcome === 'cannot-tell');
  return { at, value, ...(unclear ?? judgeCondition(value, assertion)) };
}

function judgeCondition(value: Json | undefined, condition: Condition): Pick<Finding, 'outcome' | 'words'> {
  if (value === undefined) {
    if (condition.present === false) return { outcome: 'holds', words: 'is not there, as wanted' };
    return { outcome: 'fails', words: `is not there, wanted ${wanted(condition)}` };
  }
  const names = operatorNames.filter((name) => condition[name] !== undefined);
  if (names.some((name) => name !== 'present') && JSON.stringify(value).includes(redactedMark)) {
    return { outcome: 'cannot-tell', words: 'holds a secret, which is not kept and cannot be compared' };
  }
  const holds = names.every((name) => holdsOne(value, condition, name));
  const words = holds ? `is ${shown(value)}` : `is ${shown(value)}, wanted ${wanted(condition)}`;
  return { outcome: holds ? 'holds' : 'fails', words };
}

function holdsOne(value: Json, condition: Condition, operator: Operator): boolean {
  const { equals, oneOf, matches } = condition;
  switch (operator) {
    case 'present':
      return condition.present === true;
    case 'equals':
      return equals !== undefined && same(value, equals);
    case 'oneOf':
      return oneOf?.some((one) => same(value, one)) ?? false;
    case 'matches': {
      const pattern = compilePattern(matches ?? '', { lines: false });
      return pattern.ok && typeof value === 'string' && pattern.pattern.test(value);
    }
    default: {
      const [number, bound] = [numberOf(value), condition[operator]];
      if (number === null || bound === undefined) return false;
      if (operator === 'atLeast') return number >= bound;
      if (operator === 'atMost') return number <= bound;
      return operator === 'greaterThan' ? number > bound : number < bound;
    }
  }
}

function same(left: Json, right: Json): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

/** Integers beyond 2^53 come as text of their digits, so that none is rounded; shorter digits in quotes are text. */
function numberOf(value: Json): number | bigint | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{16,400}$/.test(value) ? BigInt(value) : null;
}

function wanted({
  equals,
  oneOf,
  atLeast,
  atMost,
  greaterThan,
  lessThan,
  matches,
  present,
}: Condition): string {
  const parts = [
    equals === undefined ? null : shown(equals),
    oneOf === undefined ? null : `one of ${oneOf.map(shown).join(', ')}`,
    atLeast === undefined ? null : `at least ${atLeast}`,
    greaterThan === undefined ? null : `more than ${greaterThan}`,
    atMost === undefined ? null : `at most ${atMost}`,
    lessThan === undefined ? null : `less than ${lessThan}`,
    matches === undefined ? null : `a text matching ${matches}`,
    present === undefined ? null : present ? 'something there' : 'nothing there',
  ];
  return parts.filter((part) => part !== null).join(' and ');
}
