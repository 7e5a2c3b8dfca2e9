import type { CiRun } from '#lib/domain/observations/ci.ts';
import { createShelf } from '../shelf.ts';
import type { JobTold } from './jobs.ts';

/** A pipeline that finished, as it was read: its jobs without what other systems reported, which may come later. */
export interface FinishedPipeline {
  readonly run: CiRun;
  readonly jobs: readonly JobTold[];
}

/** Pipelines that finished: as long as their `updated_at` stays, nobody retried anything. */
export const finishedPipelines = createShelf<FinishedPipeline>(2_000);
