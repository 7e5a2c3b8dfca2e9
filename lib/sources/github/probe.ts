import { z } from 'zod';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import { shown } from '../as-told.ts';
import type { Client, Reply } from './client.ts';
import { permissionFor } from './permissions.ts';
import type { Parameters, Route } from './request.ts';

const repositorySchema = z.object({ full_name: z.string(), default_branch: z.string() });

/** What a test of the connection finds at a GitHub repository: that it is seen, and each permission by its name. */
export async function probe(client: Client): Promise<ProbePart[]> {
  const beganMs = client.now();
  const repository = await client.get('repository', {}, repositorySchema);
  const tookMs = client.now() - beganMs;
  if (!repository.ok)
    return [{ name: 'Repository', state: stateOf(repository), says: repository.failure.message, tookMs }];
  const { full_name: name, default_branch: branch } = repository.value;
  const seen: ProbePart = {
    name: 'Repository',
    state: 'found',
    says: `${shown(name)}, ${shown(branch)}`,
    tookMs,
  };
  const part = (route: Route, parameters: Parameters) => permission(client, route, parameters);
  return [
    seen,
    ...(await Promise.all([
      part('commits', { sha: branch, per_page: 1 }),
      part('workflows', { per_page: 1 }),
      part('checkRuns', { ref: branch, per_page: 1 }),
      part('statuses', { ref: branch, per_page: 1 }),
      part('pulls', { base: branch, per_page: 1 }),
      part('requiredChecks', { branch }),
    ])),
  ];
}

async function permission(client: Client, route: Route, parameters: Parameters): Promise<ProbePart> {
  const beganMs = client.now();
  const reply = await client.get(route, parameters, z.unknown());
  const tookMs = client.now() - beganMs;
  const name = permissionFor[route];
  // To say that a branch has no protection, GitHub must have let us look.
  const none =
    !reply.ok &&
    reply.refusal?.status === 404 &&
    /^(branch not|required status)/i.test(reply.refusal.message);
  if (reply.ok || none) return { name, state: 'found', says: 'granted', tookMs };
  return { name, state: stateOf(reply), says: reply.failure.message, tookMs };
}

/** A refusal is a permission that is missing; anything else keeps us from telling. */
function stateOf(reply: Exclude<Reply<unknown>, { ok: true }>): ProbePart['state'] {
  return reply.refusal?.status === 403 || reply.refusal?.status === 404 ? 'missing' : 'trouble';
}
