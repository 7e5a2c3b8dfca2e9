import type { CiJob } from '#lib/domain/observations/ci.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';

const most = 5_000;
const kept = new WeakMap<Outgoing, Map<string, readonly CiJob[]>>();

/**
 * Jobs of attempts that finished, which never change: they are asked for once as long as they are kept, in memory and
 * for one way out. `key` holds whose token read them, so that nobody is told what another may see.
 */
export function finishedAttempts(outgoing: Outgoing): {
  readonly get: (key: string) => readonly CiJob[] | null;
  readonly put: (key: string, jobs: readonly CiJob[]) => void;
} {
  const attempts = kept.get(outgoing) ?? new Map<string, readonly CiJob[]>();
  kept.set(outgoing, attempts);
  return {
    get: (key) => {
      const jobs = attempts.get(key);
      if (!jobs) return null;
      attempts.delete(key);
      attempts.set(key, jobs);
      return jobs;
    },
    put: (key, jobs) => {
      attempts.set(key, jobs);
      const [oldest] = attempts.keys();
      if (attempts.size > most && oldest !== undefined) attempts.delete(oldest);
    },
  };
}
