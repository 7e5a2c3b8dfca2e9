import { z } from 'zod';
import { type Answer, failed } from '../repository/failure.ts';
import { readRef } from '../repository/ref.ts';
import { choose, noSuchRef } from '../repository/resolve.ts';
import { gitlabObjects, oid, type TreeReader } from './objects.ts';
import { seeProject } from './project.ts';
import { branchRequest, tagRequest } from './request.ts';

const named = z.object({ commit: z.object({ id: oid }).nullable() });

/**
 * The commit that a ref means on GitLab: https://docs.gitlab.com/api/branches/ and https://docs.gitlab.com/api/tags/,
 * asked for both, so that a branch and a tag of one name are told apart.
 */
export async function findCommit(reader: TreeReader, ref: string): Promise<Answer<string>> {
  const read = readRef(ref);
  if (!read.ok) return read;
  if (read.value.kind === 'commit') {
    const { commit } = read.value;
    const root = await gitlabObjects(reader, commit).root();
    return root.ok ? { ok: true, value: commit } : root;
  }
  const names =
    ref === 'HEAD' ? await defaultBranch(reader) : ({ ok: true, value: read.value.names } as const);
  if (!names.ok) return names;
  const found = new Map<string, string>();
  for (const name of names.value) {
    const [, kind, short = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? [];
    if (kind === undefined) {
      const message = `GitLab tells branches and tags alone, and “${name}” is neither: name one, or a full commit.`;
      return failed('refused', message);
    }
    const reply = await reader.client.get(kind === 'tags' ? tagRequest(short) : branchRequest(short), named, {
      keep: false,
    });
    if (reply.ok && reply.value.commit) found.set(name, reply.value.commit.id);
    if (!reply.ok && (reply.refusal?.status !== 404 || reply.refusal.project))
      return { ok: false, failure: reply.failure };
  }
  return choose(ref, found) ?? noSuchRef(ref);
}

async function defaultBranch({ client }: TreeReader): Promise<Answer<readonly string[]>> {
  const project = await seeProject(client);
  if (!project.ok) return project;
  const { defaultBranch: branch } = project.value;
  if (branch === null) return failed('not-found', `${client.title} has no default branch in this project.`);
  return { ok: true, value: [`refs/heads/${branch}`] };
}
