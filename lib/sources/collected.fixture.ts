import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Collection } from '#lib/domain/question.ts';

/** The one value that a collection gave; throws with the failure's sentence. */
export function seenBy<T>({ observations }: Collection, index = 0): T {
  const outcome = observations[index]?.outcome;
  if (!outcome?.ok) throw new Error(outcome?.failure.message ?? 'nothing was observed');
  return outcome.value as T;
}

/** Why a question had no answer; throws where it had one. */
export function failureOf({ observations }: Collection, index = 0): SourceFailure {
  const outcome = observations[index]?.outcome;
  if (!outcome || outcome.ok) throw new Error('expected a failure');
  return outcome.failure;
}
