import { z } from 'zod';
import type { CiRun } from '#lib/domain/observations/ci.ts';
import { href, instant, shown, tookMs } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client } from './client.ts';
import { oid } from './objects.ts';
import { pipelineRequest, pipelinesRequest } from './request.ts';
import { conclusionOf, msOfSeconds, phaseOf } from './words.ts';

export const vendorId = z
  .union([z.number().int().positive(), z.string().regex(/^\d{1,30}$/)])
  .transform(String);

const pipelineSchema = z.object({
  id: vendorId,
  sha: oid,
  ref: z.string().nullish(),
  status: z.string(),
  source: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  web_url: z.string().nullish(),
});
const wholeSchema = pipelineSchema.extend({
  started_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  duration: z.number().nullish(),
  yaml_errors: z.string().nullish(),
});

/** A pipeline as a list has it. */
export interface PipelineListed {
  readonly id: string;
  readonly commit: string;
  readonly status: string;
  /** Changes with every change of its status: a retry, a job that a person began. */
  readonly updatedAt: string;
  readonly run: CiRun;
}

/** A pipeline as it is told alone; its jobs are not. */
export interface PipelineTold {
  readonly run: CiRun;
  /** Its file was no sound CI configuration: it had no job. */
  readonly hasFaultyFile: boolean;
}

/** Pipelines on a commit, on a branch, or of a kind, newest first. */
export async function listPipelines(
  client: Client,
  by: Parameters<typeof pipelinesRequest>[0],
  most: number,
): Promise<Answer<{ readonly pipelines: readonly PipelineListed[]; readonly answer: number | null }>> {
  const reply = await client.get(pipelinesRequest(by, most), z.array(pipelineSchema));
  if (!reply.ok) return { ok: false, failure: reply.failure };
  // A server that does not know the filter would tell the pipelines of other commits.
  if ('sha' in by && reply.value.some(({ sha }) => sha !== by.sha))
    return another(client, `pipelines of ${by.sha.slice(0, 12)}`);
  const newest = reply.value.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1)).slice(0, most);
  const pipelines = newest.map((one) => ({
    id: one.id,
    commit: one.sha,
    status: one.status,
    updatedAt: one.updated_at ?? '',
    run: runOf(one, client),
  }));
  return { ok: true, value: { pipelines, answer: reply.answer } };
}

/** One pipeline, with its times. */
export async function seePipeline(
  client: Client,
  { id }: PipelineListed,
): Promise<Answer<PipelineTold & { readonly answer: number | null }>> {
  const reply = await client.get(pipelineRequest(id), wholeSchema);
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const { value } = reply;
  if (value.id !== id) return another(client, `pipeline ${id}`);
  const listed = runOf(value, client);
  const startedAt = instant(value.started_at) ?? listed.startedAt;
  const isOver = listed.phase === 'finished';
  const finishedAt = isOver ? (instant(value.finished_at) ?? instant(value.updated_at)) : null;
  const took = msOfSeconds(value.duration) ?? tookMs(startedAt, finishedAt);
  const run = { ...listed, startedAt, finishedAt, tookMs: isOver ? took : null };
  return { ok: true, value: { run, hasFaultyFile: !!value.yaml_errors, answer: reply.answer } };
}

function runOf(pipeline: z.infer<typeof pipelineSchema>, client: Client): CiRun {
  return {
    id: pipeline.id,
    number: `#${pipeline.id}`,
    attempt: 1,
    event: shown(pipeline.source ?? 'unknown', 60),
    branch: pipeline.ref ? shown(pipeline.ref) : null,
    phase: phaseOf(pipeline.status),
    conclusion: conclusionOf(pipeline.status, null),
    startedAt: instant(pipeline.created_at),
    finishedAt: null,
    tookMs: null,
    href: href(pipeline.web_url, client.address.pages),
    jobs: null,
  };
}

function another(client: Client, what: string): Answer<never> {
  const message = `${client.title} was asked for the ${what} and answered with others: look at what stands between.`;
  return failed('malformed', message, 200);
}
