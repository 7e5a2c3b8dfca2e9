import { declaredNames } from '#lib/checks/coverage/declared-names.ts';
import { type UsedName, undeclaredNames } from '#lib/checks/coverage/used-names.ts';
import type { Question } from '#lib/domain/question.ts';
import type { Spec } from '#lib/domain/spec.ts';

/** The names of metrics that a spec knows. */
interface NamesKnown {
  /** Those that stand for what it declares. */
  readonly declared: readonly string[];
  /** Those that it uses besides. */
  readonly used: readonly UsedName[];
}

/** Names are a function of the spec, and a spec never changes. */
const known = new WeakMap<Spec, NamesKnown>();

/** The names that a spec declares, and those that it uses and does not, read once. */
export function namesKnown(spec: Spec): NamesKnown {
  const names = known.get(spec) ?? { declared: declaredNames(spec).names, used: undeclaredNames(spec) };
  known.set(spec, names);
  return names;
}

/** A question about names, with those that the spec knows; any other as it is. */
export function withNamesKnown(question: Question, spec: Spec): Question {
  if (question.ask !== 'names') return question;
  const { declared, used } = namesKnown(spec);
  return { ...question, known: declared, used: used.map(({ name }) => name) };
}
