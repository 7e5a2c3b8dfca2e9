import type { CiConclusion, CiPhase } from '#lib/domain/observations/ci.ts';

/** https://docs.github.com/rest/actions/workflow-runs, `status`. A word not known here is taken for not finished. */
export function phaseOf(status: string | null): CiPhase {
  switch (status) {
    case 'completed':
      return 'finished';
    case 'in_progress':
      return 'running';
    case 'waiting':
    case 'pending':
      return 'waiting';
    default:
      return 'queued';
  }
}

const conclusions: ReadonlyMap<string, CiConclusion> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['neutral', 'neutral'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
  ['timed_out', 'timed-out'],
  ['action_required', 'action-required'],
  ['stale', 'stale'],
  ['startup_failure', 'startup-failure'],
]);

/** How something ended; null until it finished, `unknown` for a word not known here and for none where one is due. */
export function conclusionOf(status: string | null, conclusion: string | null): CiConclusion | null {
  if (phaseOf(status) !== 'finished') return null;
  return conclusions.get(conclusion ?? '') ?? 'unknown';
}
