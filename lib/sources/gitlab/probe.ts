import { z } from 'zod';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import { shown } from '../as-told.ts';
import type { Client, Reply } from './client.ts';
import { commitsRequest, permissionOf, pipelinesRequest, projectRequest, type Request } from './request.ts';

const projectSchema = z.object({
  path_with_namespace: z.string(),
  default_branch: z.string().nullish(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
});

/** What a test of the connection finds at a GitLab project: that it is seen, and each part that checks read. */
export async function probe(client: Client): Promise<ProbePart[]> {
  const beganMs = client.now();
  const project = await client.get(projectRequest, projectSchema);
  const tookMs = client.now() - beganMs;
  if (!project.ok)
    return [{ name: 'Project', state: stateOf(project), says: project.failure.message, tookMs }];
  const {
    path_with_namespace: path,
    default_branch: branch,
    only_allow_merge_if_pipeline_succeeds: setting,
  } = project.value;
  const named = branch ?? 'HEAD';
  const isTold = setting !== undefined;
  return [
    { name: 'Project', state: 'found', says: `${shown(path)}, ${shown(named)}`, tookMs },
    {
      name: 'Merge settings',
      state: isTold ? 'found' : 'missing',
      says: isTold ? 'granted' : `They are left out: it takes ${permissionOf(projectRequest)}.`,
      tookMs: null,
    },
    ...(await Promise.all([
      part(client, 'Commits and files', commitsRequest(named, 1)),
      part(client, 'Pipelines and jobs', pipelinesRequest({ ref: named }, 1)),
    ])),
  ];
}

async function part(client: Client, name: string, request: Request): Promise<ProbePart> {
  const beganMs = client.now();
  const reply = await client.get(request, z.array(z.unknown()));
  const tookMs = client.now() - beganMs;
  if (reply.ok) return { name, state: 'found', says: 'granted', tookMs };
  return { name, state: stateOf(reply), says: reply.failure.message, tookMs };
}

/** A refusal is a right that is missing; anything else keeps us from telling. */
function stateOf(reply: Exclude<Reply<unknown>, { ok: true }>): ProbePart['state'] {
  return reply.refusal?.status === 403 || reply.refusal?.status === 404 ? 'missing' : 'trouble';
}
