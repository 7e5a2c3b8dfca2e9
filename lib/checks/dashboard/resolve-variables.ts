import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import { interpolate } from './interpolate.ts';
import { type LabelValues, labelValuesExpr, offeredValues } from './label-values.ts';
import { referred, variableReference } from './variable-reference.ts';
import type { DashboardVariable } from './variables.ts';

type Variables = ReadonlyMap<string, DashboardVariable>;

/** Asks one query of a variable; in words why it cannot be asked. */
export type AskValues<Question> = (of: LabelValues, expr: string, variables: Variables) => Question | string;

export interface Resolved<Question> {
  readonly variables: Variables;
  /** Asked so far, in an order that later rounds only add to. */
  readonly questions: readonly Question[];
  /** False while an answer is still to come. */
  readonly isWhole: boolean;
}

/** A variable may rest on another, and that on another: deeper than so no dashboard goes. */
const deepest = 5;

/**
 * The values that the dashboard's own variables have when it is opened, as far as some queries use them. Those that
 * Grafana asks for anew are asked for: what was chosen stays while it is still offered, else the first that is. Pure.
 * `answers` are to `questions` of the round before, in their order.
 */
export function resolveVariables<Question>(
  variables: Variables,
  used: readonly string[],
  answers: readonly PanelDataSeen[],
  ask: AskValues<Question>,
): Resolved<Question> {
  const known = new Map(variables);
  const questions: Question[] = [];
  let waiting = withThoseTheyRestOn(variables, namesIn(used)).filter((name) => variables.get(name)?.asks);
  for (let depth = 0; depth < deepest && waiting.length > 0; depth++) {
    const before = new Map(known);
    const later: string[] = [];
    for (const name of waiting) {
      const variable = variables.get(name);
      if (!variable?.asks) continue;
      const { asks } = variable;
      if (namesIn([asks.selector]).some((other) => other !== name && waiting.includes(other))) {
        later.push(name);
        continue;
      }
      const filled = interpolate(asks.selector, before);
      const question = filled.ok
        ? ask(asks, labelValuesExpr(filled.expr, asks.label), before)
        : filled.variable;
      if (typeof question === 'string') continue;
      const answer = answers[questions.length];
      questions.push(question);
      if (answer) known.set(name, chosen(variable, asks, answer));
    }
    if (questions.length > answers.length) return { variables: known, questions, isWhole: false };
    waiting = later;
  }
  return { variables: known, questions, isWhole: true };
}

function chosen(
  variable: DashboardVariable,
  asks: LabelValues,
  { series, seriesWithData }: PanelDataSeen,
): DashboardVariable {
  const found = series.flatMap(({ labels }) => labels[asks.label] ?? []).filter((value) => value !== '');
  const offered = offeredValues(found, asks);
  if (offered === null) return variable;
  const still = variable.values?.filter((value) => offered.includes(value)) ?? [];
  // Of more than are kept it cannot be told which is the first, nor that what was chosen is offered no more.
  if (seriesWithData > series.length && (still.length === 0 || still.length < (variable.values?.length ?? 0)))
    return { ...variable, values: null };
  const [first] = offered;
  return { ...variable, values: still.length > 0 ? still : first === undefined ? null : [first] };
}

function withThoseTheyRestOn(variables: Variables, names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (const name of all)
    for (const other of namesIn([variables.get(name)?.asks?.selector ?? ''])) all.add(other);
  return [...all].filter((name) => variables.has(name)).sort();
}

function namesIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(variableReference('g'))].map(({ groups }) => referred(groups).name.split('.')[0] ?? ''),
  );
}
