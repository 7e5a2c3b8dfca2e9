import type { CiRun } from '#lib/domain/observations/ci.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import type { JobTold } from './jobs.ts';

/** A pipeline that finished, as it was read: its jobs without what other systems reported, which may come later. */
export interface FinishedPipeline {
  readonly run: CiRun;
  readonly jobs: readonly JobTold[];
}

const most = 2_000;
const kept = new WeakMap<Outgoing, Map<string, FinishedPipeline>>();

/**
 * Pipelines that finished: as long as `updated_at` stays, nobody retried anything, and they are not asked for again.
 * Kept in memory and for one way out; `key` holds whose token read them, so that nobody is told what another may see.
 */
export function finishedPipelines(outgoing: Outgoing): {
  readonly get: (key: string) => FinishedPipeline | null;
  readonly put: (key: string, pipeline: FinishedPipeline) => void;
} {
  const pipelines = kept.get(outgoing) ?? new Map<string, FinishedPipeline>();
  kept.set(outgoing, pipelines);
  return {
    get: (key) => {
      const pipeline = pipelines.get(key);
      if (!pipeline) return null;
      pipelines.delete(key);
      pipelines.set(key, pipeline);
      return pipeline;
    },
    put: (key, pipeline) => {
      pipelines.set(key, pipeline);
      const [oldest] = pipelines.keys();
      if (pipelines.size > most && oldest !== undefined) pipelines.delete(oldest);
    },
  };
}
