import { z } from 'zod';
import { type Answer, failed } from '../repository/failure.ts';
import { readRef } from '../repository/ref.ts';
import { choose, noSuchRef } from '../repository/resolve.ts';
import type { Client } from './client.ts';
import { githubObjects } from './objects.ts';

const object = z.object({
  object: z.object({ type: z.string(), sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/) }),
});
/** Tags of tags are rare, and end. */
const mostTags = 5;

/**
 * The commit that a ref means on GitHub: https://docs.github.com/rest/git/refs#get-a-reference, asked by full names, so
 * that a branch and a tag of one name are told apart, on condition, so that an unmoved one costs nothing.
 */
export async function findCommit(client: Client, ref: string): Promise<Answer<string>> {
  const read = readRef(ref);
  if (!read.ok) return read;
  if (read.value.kind === 'commit') {
    const { commit } = read.value;
    const root = await githubObjects(client, commit).root();
    return root.ok ? { ok: true, value: commit } : root;
  }
  const names =
    ref === 'HEAD' ? await defaultBranch(client) : ({ ok: true, value: read.value.names } as const);
  if (!names.ok) return names;
  const found = new Map<string, string>();
  for (const name of names.value) {
    const commit = await commitOf(client, name);
    if (!commit.ok) return commit;
    if (commit.value !== null) found.set(name, commit.value);
  }
  return choose(ref, found) ?? (await whyNone(client, ref));
}

async function defaultBranch(client: Client): Promise<Answer<readonly string[]>> {
  const reply = await client.get('repository', {}, z.object({ default_branch: z.string() }));
  if (!reply.ok) return { ok: false, failure: reply.failure };
  return { ok: true, value: [`refs/heads/${reply.value.default_branch}`] };
}

/** The commit at a full name; null where there is none, or GitHub shows none. */
async function commitOf(client: Client, name: string): Promise<Answer<string | null>> {
  const reply = await client.get('gitRef', { ref: name.replace(/^refs\//, '') }, object, { keep: false });
  if (!reply.ok)
    return reply.refusal?.status === 404 ? { ok: true, value: null } : { ok: false, failure: reply.failure };
  let at = reply.value.object;
  for (let left = mostTags; at.type === 'tag' && left > 0; left -= 1) {
    const tag = await client.get('gitTag', { tag_sha: at.sha }, object, { lasting: true, keep: false });
    if (!tag.ok) return { ok: false, failure: tag.failure };
    at = tag.value.object;
  }
  if (at.type === 'commit') return { ok: true, value: at.sha };
  return failed('not-found', `${name} leads to a ${at.type}, not a commit.`);
}

/** Not there, unless the repository's commits may not be seen at all: GitHub answers 404 for both. */
async function whyNone(client: Client, ref: string): Promise<Answer<never>> {
  const seen = await client.get('commits', { per_page: 1 }, z.array(z.unknown()), { keep: false });
  return seen.ok ? noSuchRef(ref) : { ok: false, failure: seen.failure };
}
