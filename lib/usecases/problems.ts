import type { Problem, Result } from '#lib/domain/problem.ts';

/** The words for a launch that is not there, in one place. */
export function noSuchLaunch(id: string): { readonly ok: false; readonly problem: Problem } {
  const message = `There is no launch “${id}”.`;
  return refusal('not-found', message, 'See the Launches screen for those there are.');
}

/** An expected failure as a value. */
export function refusal(
  code: Problem['code'],
  message: string,
  remedy: string | null = null,
): Extract<Result<never>, { ok: false }> {
  return { ok: false, problem: { code, message, remedy, faults: [] } };
}
