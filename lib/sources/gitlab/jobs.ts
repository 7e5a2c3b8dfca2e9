import { z } from 'zod';
import type { CiJob } from '#lib/domain/observations/ci.ts';
import { href, instant, shown, tookMs } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';
import { vendorId } from './pipelines.ts';
import { bridgesRequest, jobsRequest, type Request, statusesRequest } from './request.ts';
import { conclusionOf, msOfSeconds, phaseOf } from './words.ts';

const jobSchema = z.object({
  id: vendorId,
  name: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
  failure_reason: z.string().nullish(),
  started_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  duration: z.number().nullish(),
  web_url: z.string().nullish(),
  pipeline: z.object({ id: vendorId }).nullish(),
  /** Of a commit status. */
  pipeline_id: vendorId.nullish(),
  downstream_pipeline: z.object({ status: z.string() }).nullish(),
});
type Told = z.infer<typeof jobSchema>;

/** A job, and when it reported; null until it began. */
export interface JobTold extends CiJob {
  readonly at: string | null;
}

export interface JobsTold {
  /** The newest of each name, in the order in which GitLab made them. */
  readonly jobs: readonly JobTold[];
  /** The most that any of them was retried. */
  readonly retries: number;
  /** False while a pipeline that one of them began is not at its end: that changes what is told of it here. */
  readonly settled: boolean;
  readonly answers: readonly number[];
}

/** As many pages of 100 as are read; GitLab lists the newest jobs first. */
const mostPages = 10;

/** A pipeline's jobs, and those of its jobs that begin other pipelines (whose own jobs are not among them). */
export async function listJobs(client: Client, pipeline: string): Promise<Answer<JobsTold>> {
  const jobs = await pages(client, (page) => jobsRequest(pipeline, page));
  if (!jobs.ok) return jobs;
  const bridges = await pages(client, (page) => bridgesRequest(pipeline, page));
  if (!bridges.ok) return bridges;
  const all = [...jobs.value.told, ...bridges.value.told];
  if (all.some((one) => one.pipeline && one.pipeline.id !== pipeline)) return another(client, pipeline);
  const { newest, retries } = newestOfEach(all);
  const answers = [...jobs.value.answers, ...bridges.value.answers];
  const settled = newest.every(
    ({ downstream_pipeline: begun }) => !begun || phaseOf(begun.status) === 'finished',
  );
  const failures = new Map<string, number>();
  for (const { name, status } of all.filter((one) => !newest.includes(one)))
    if (conclusionOf(status, null) === 'failure') failures.set(name, (failures.get(name) ?? 0) + 1);
  const told = newest.map((one) => ({ ...jobOf(one, client), failedBefore: failures.get(one.name) ?? 0 }));
  return { ok: true, value: { jobs: told, retries, settled, answers } };
}

/**
 * What other systems reported on the commit within a pipeline; names that jobs have are left out. GitLab before 17.8
 * does not filter by pipeline: a status that does not say that it is of this one is none of its jobs.
 */
export async function listStatuses(
  client: Client,
  commit: string,
  pipeline: string,
  jobs: readonly CiJob[],
): Promise<Answer<Pick<JobsTold, 'jobs' | 'answers'>>> {
  const listed = await pages(client, (page) => statusesRequest(commit, pipeline, page));
  if (!listed.ok) return listed;
  const { told, answers } = listed.value;
  const names = new Set(jobs.map(({ name }) => name));
  const { newest } = newestOfEach(told.filter((one) => one.pipeline_id === pipeline));
  const others = newest.map((one) => jobOf(one, client)).filter(({ name }) => !names.has(name));
  return { ok: true, value: { jobs: others, answers } };
}

async function pages(
  client: Client,
  request: (page: number) => Request,
): Promise<Answer<{ readonly told: readonly Told[]; readonly answers: readonly number[] }>> {
  const told: Told[] = [];
  const answers: number[] = [];
  for (let page: number | null = 1; page !== null && page <= mostPages; ) {
    const reply: Reply<Told[]> = await client.get(request(page), z.array(jobSchema));
    if (!reply.ok) return { ok: false, failure: reply.failure };
    told.push(...reply.value);
    if (reply.answer !== null) answers.push(reply.answer);
    page = reply.next;
  }
  return { ok: true, value: { told, answers } };
}

/** GitLab gives a retried job a new id and keeps its name, which no other job of the pipeline has. */
function newestOfEach(all: readonly Told[]): { readonly newest: readonly Told[]; readonly retries: number } {
  const older = (a: Told, b: Told) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
  const byName = new Map<string, Told[]>();
  for (const one of all.toSorted(older)) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const newest = [...byName.values()].flatMap((same) => same.at(-1) ?? []).toSorted(older);
  const retries = Math.max(0, ...[...byName.values()].map((same) => same.length - 1));
  return { newest, retries };
}

function jobOf(told: Told, client: Client): JobTold {
  const { status } = told;
  const startedAt = instant(told.started_at);
  const finishedAt = instant(told.finished_at);
  // A trigger that does not wait for its pipeline succeeds whatever comes of that.
  const unheard =
    status === 'success' && !!told.downstream_pipeline && told.downstream_pipeline.status !== status;
  return {
    name: shown(told.name),
    phase: phaseOf(status),
    conclusion: conclusionOf(status, told.failure_reason),
    tookMs: msOfSeconds(told.duration) ?? tookMs(startedAt, finishedAt),
    href: href(told.web_url, client.address.pages),
    mayFail: told.allow_failure === true || unheard,
    at: finishedAt ?? startedAt,
  };
}

function another(client: Client, pipeline: string): Answer<never> {
  const message = `${client.title} was asked for the jobs of pipeline ${pipeline} and answered with others: look at what stands between.`;
  return failed('malformed', message, 200);
}
