import type { CiConclusion, CiJob, CiRun } from '#lib/domain/observations/ci.ts';
import type { Answer } from '../repository/failure.ts';
import type { Shelf } from '../shelf.ts';
import type { FinishedPipeline } from './finished-pipelines.ts';
import { type JobTold, listJobs, listStatuses } from './jobs.ts';
import type { TreeReader } from './objects.ts';
import { type PipelineListed, seePipeline } from './pipelines.ts';

/** What reading pipelines takes, shared by all questions of a cycle. */
export interface Reader extends TreeReader {
  readonly finished: Shelf<FinishedPipeline>;
}

export interface RunTold {
  readonly run: CiRun;
  readonly jobs: readonly JobTold[];
  readonly answers: readonly number[];
}

const mostJobs = 200;

/** A pipeline as a run. One that finished is read with its jobs; of any other only what the list has is told. */
export async function seeRun(reader: Reader, listed: PipelineListed): Promise<Answer<RunTold>> {
  if (listed.run.phase !== 'finished') return { ok: true, value: { run: listed.run, jobs: [], answers: [] } };
  const read = await readFinished(reader, listed);
  if (!read.ok) return read;
  const { run, jobs } = read.value;
  const statuses = await listStatuses(reader.client, listed.commit, listed.id, jobs);
  if (!statuses.ok) return statuses;
  const all = [...jobs, ...statuses.value.jobs];
  const answers = [...read.value.answers, ...statuses.value.answers];
  const shownJobs = all.slice(0, mostJobs).map(({ at: _, ...job }): CiJob => job);
  return { ok: true, value: { run: { ...run, jobs: shownJobs }, jobs: all, answers } };
}

async function readFinished(
  { client, finished, as }: Reader,
  listed: PipelineListed,
): Promise<Answer<FinishedPipeline & { readonly answers: readonly number[] }>> {
  const key = `${as} ${listed.id} ${listed.updatedAt}`;
  const known = listed.updatedAt === '' ? null : finished.get(key);
  if (known) return { ok: true, value: { ...known, answers: [] } };
  const whole = await seePipeline(client, listed);
  if (!whole.ok) return whole;
  const told = await listJobs(client, listed.id);
  if (!told.ok) return told;
  const { jobs, retries } = told.value;
  const { hasFaultyFile } = whole.value;
  const conclusion = runConclusion(whole.value.run.conclusion, jobs, hasFaultyFile);
  const pipeline = { run: { ...whole.value.run, attempt: 1 + retries, conclusion }, jobs };
  if (whole.value.run.phase === 'finished' && told.value.settled) finished.put(key, pipeline);
  const answers = [...(whole.value.answer === null ? [] : [whole.value.answer]), ...told.value.answers];
  return { ok: true, value: { ...pipeline, answers } };
}

/** GitLab says of a pipeline only that it failed: whether its file was faulty or time ran out is told elsewhere. */
function runConclusion(
  told: CiConclusion | null,
  jobs: readonly CiJob[],
  hasFaultyFile: boolean,
): CiConclusion | null {
  if (told !== 'failure') return told;
  if (hasFaultyFile) return 'startup-failure';
  const failed = jobs.filter(
    ({ conclusion, mayFail }) => !mayFail && (conclusion === 'failure' || conclusion === 'timed-out'),
  );
  const outOfTime = failed.length > 0 && failed.every(({ conclusion }) => conclusion === 'timed-out');
  return outOfTime ? 'timed-out' : 'failure';
}
