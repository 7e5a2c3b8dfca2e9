import type { CiConclusion, CiPhase } from '#lib/domain/observations/ci.ts';

/**
 * Where a pipeline or job stands: https://docs.gitlab.com/api/pipelines/#list-project-pipelines, `status`. What waits
 * for a person (`manual`) or a time (`scheduled`) waits. A word not known here is taken for not finished.
 */
export function phaseOf(status: string): CiPhase {
  switch (status) {
    case 'success':
    case 'failed':
    case 'canceled':
    case 'skipped':
      return 'finished';
    case 'running':
    case 'canceling':
      return 'running';
    case 'manual':
    case 'scheduled':
    case 'waiting_for_resource':
    case 'waiting_for_callback':
      return 'waiting';
    default:
      return 'queued';
  }
}

const timeouts: ReadonlySet<string> = new Set(['job_execution_timeout', 'stuck_or_timeout_failure']);

/** How something ended; null until it finished. `reason` is a failed job's `failure_reason`. */
export function conclusionOf(status: string, reason: string | null | undefined): CiConclusion | null {
  if (phaseOf(status) !== 'finished') return null;
  if (status === 'success' || status === 'skipped') return status;
  if (status === 'canceled') return 'cancelled';
  return timeouts.has(reason ?? '') ? 'timed-out' : 'failure';
}

/** Seconds, as GitLab tells durations, in milliseconds; null for none, and for what is none. */
export function msOfSeconds(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' && seconds >= 0 && seconds < 1e9 ? Math.round(seconds * 1000) : null;
}
