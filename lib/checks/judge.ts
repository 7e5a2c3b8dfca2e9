import type { EvaluateContext, RegisteredCheck } from '#lib/domain/check-kind.ts';
import { isSilence, type SourceFailure } from '#lib/domain/failure.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judged } from '#lib/domain/judgement.ts';
import type { Observation } from '#lib/domain/question.ts';
import { visible } from './visible.ts';

/**
 * Judges one check over the observations that its questions were answered with, in their order.
 *
 * One failed observation makes the whole `failed`, with the worst failure: nonsense before silence, the first of
 * equals. `observedAt` is the oldest observation's; a kind that reads nothing is as old as the context's clock.
 */
export function judge(
  kind: RegisteredCheck,
  bound: JsonObject,
  observations: readonly Observation[],
  context: EvaluateContext,
): Judged {
  const observedAt = oldest(observations) ?? new Date(context.nowMs).toISOString();
  const failure = worstFailure(observations);
  if (failure) return { kind: 'failed', failure, observedAt };
  return { kind: 'judged', judgement: visible(kind.evaluate(observations, bound, context)), observedAt };
}

function oldest(observations: readonly Observation[]): string | null {
  let first: string | null = null;
  for (const { observedAt } of observations) {
    if (first === null || Date.parse(observedAt) < Date.parse(first)) first = observedAt;
  }
  return first;
}

function worstFailure(observations: readonly Observation[]): SourceFailure | null {
  let silence: SourceFailure | null = null;
  for (const { outcome } of observations) {
    if (outcome.ok) continue;
    if (!isSilence(outcome.failure)) return outcome.failure;
    silence ??= outcome.failure;
  }
  return silence;
}
