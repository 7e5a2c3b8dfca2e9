import type { CiRequiredSeen, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { Observation } from '#lib/domain/question.ts';

/** The runs that an answered observation holds. Another observation here is a bug. */
export function runsObserved(observation: Observation | undefined): CiRunsSeen {
  if (observation?.question.ask !== 'ci-runs' || !observation.outcome.ok)
    throw new TypeError('A rule over runs was given an observation of something else.');
  return observation.outcome.value as CiRunsSeen;
}

/** What is required of a branch, from an answered observation. Another observation here is a bug. */
export function requiredObserved(observation: Observation | undefined): CiRequiredSeen {
  if (observation?.question.ask !== 'ci-required' || !observation.outcome.ok)
    throw new TypeError('A rule over required checks was given an observation of something else.');
  return observation.outcome.value as CiRequiredSeen;
}
