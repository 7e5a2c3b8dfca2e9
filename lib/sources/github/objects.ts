import { createHash } from 'node:crypto';
import { z } from 'zod';
import { blobId } from '../repository/blob-id.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { TreeEntry } from '../repository/tree.ts';
import type { BlobRead, CommitObjects } from '../repository/walk.ts';
import type { Client, Reply } from './client.ts';

const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const commitSchema = z.object({ sha: oid, tree: z.object({ sha: oid }) });
const treeSchema = z.object({
  sha: oid,
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755', '100664', '040000', '160000', '120000']),
      sha: oid,
      size: z.number().int().nonnegative().optional(),
    }),
  ),
});
const blobSchema = z.object({
  sha: oid,
  size: z.number().int().nonnegative(),
  encoding: z.literal('base64'),
  content: z.string(),
});

const mebibyte = 1024 * 1024;
/** Larger blobs are not fetched: in base64 they would not fit into one answer. */
const fetchLimit = 8 * mebibyte;
const keepLimit = mebibyte;

/**
 * A commit's trees and blobs over the REST API, folder by folder (https://docs.github.com/rest/git). Only the commit is
 * asked for in each cycle; what has an id of its own never changes and is kept.
 */
export function githubObjects(client: Client, commit: string): CommitObjects {
  return {
    root: async () => {
      const reply = await client.get('gitCommit', { commit_sha: commit }, commitSchema, { keep: false });
      if (!reply.ok) return commitFailure(client, commit, reply);
      if (reply.value.sha !== commit) return another(client, 'commit', commit);
      return { ok: true, value: reply.value.tree.sha };
    },
    tree: async (id) => {
      const reply = await client.get('gitTree', { tree_sha: id }, treeSchema, {
        lasting: true,
        isIt: ({ sha }) => sha === id,
        keep: false,
      });
      if (!reply.ok) return { ok: false, failure: reply.failure };
      if (reply.value.sha !== id) return another(client, 'tree', id);
      const entries = reply.value.tree.map(entryOf);
      return { ok: true, value: { entries, whole: !reply.value.truncated } };
    },
    blob: (entry) => readBlob(client, entry),
  };
}

/** What to say of a commit that GitHub does not show: a repository that is seen without it is asked for to tell. */
async function commitFailure(
  client: Client,
  commit: string,
  reply: Exclude<Reply<unknown>, { ok: true }>,
): Promise<Answer<never>> {
  const status = reply.refusal?.status;
  if (status !== 404 && status !== 422) return { ok: false, failure: reply.failure };
  const repository = await client.get('repository', {}, z.object({ id: z.number() }), { keep: false });
  if (!repository.ok && repository.refusal === null) return { ok: false, failure: repository.failure };
  const { owner, repo } = client.address;
  const message = repository.ok
    ? `${client.title} has no commit ${commit.slice(0, 12)} in ${owner}/${repo}: push it, or pin another candidate.`
    : `${client.title} shows no repository ${owner}/${repo}: look at its address, or give its token access to it (Metadata: read, Contents: read).`;
  return failed('not-found', message, status);
}

async function readBlob(client: Client, { oid: id, bytes }: TreeEntry): Promise<Answer<BlobRead>> {
  const tooLarge = (size: number): Answer<BlobRead> => ({
    ok: true,
    value: { bytes: size, sha256: null, content: null },
  });
  if (bytes !== undefined && bytes > fetchLimit) return tooLarge(bytes);
  const isIt = (blob: z.infer<typeof blobSchema>) =>
    blobId(Buffer.from(blob.content, 'base64'), id.length) === id;
  const reply = await client.get('gitBlob', { file_sha: id }, blobSchema, {
    lasting: true,
    isIt,
    keep: false,
  });
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const content = Buffer.from(reply.value.content, 'base64');
  // What its own id does not fit is another file, or half of it.
  if (blobId(content, id.length) !== id) return another(client, 'file', id);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const kept = content.length > keepLimit ? null : content;
  return { ok: true, value: { bytes: content.length, sha256, content: kept } };
}

function entryOf(entry: z.infer<typeof treeSchema>['tree'][number]): TreeEntry {
  const { path: name, mode, sha, size } = entry;
  const kind =
    mode === '040000' ? 'folder' : mode === '160000' ? 'submodule' : mode === '120000' ? 'symlink' : 'file';
  return {
    name,
    kind,
    oid: sha,
    executable: mode === '100755',
    ...(size === undefined ? {} : { bytes: size }),
  };
}

function another(client: Client, what: string, id: string): Answer<never> {
  const message = `${client.title} was asked for the ${what} ${id.slice(0, 12)} and answered with another: look at what stands between.`;
  return failed('malformed', message, 200);
}
