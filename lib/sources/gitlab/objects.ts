import { createHash } from 'node:crypto';
import { z } from 'zod';
import { blobId } from '../repository/blob-id.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { TreeEntry } from '../repository/tree.ts';
import type { BlobRead, CommitObjects } from '../repository/walk.ts';
import { createShelf, type Shelf } from '../shelf.ts';
import type { Client, Reply } from './client.ts';
import { blobRequest, commitRequest, fileHeadRequest, projectRequest, treeRequest } from './request.ts';

export const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const treeSchema = z.array(
  z.object({
    id: oid,
    name: z.string(),
    path: z.string(),
    mode: z.enum(['100644', '100755', '100664', '040000', '160000', '120000']),
  }),
);
type Listed = z.infer<typeof treeSchema>;
const blobSchema = z.object({
  sha: oid,
  size: z.number().int().nonnegative(),
  encoding: z.literal('base64'),
  content: z.string(),
});

/** Folders by their tree's id, which are the same in every commit that has it. */
export const listedFolders = createShelf<readonly TreeEntry[]>(2_000);

const mebibyte = 1024 * 1024;
const keepLimit = mebibyte;
/** Of 100 entries each. */
const mostPages = 50;
const once = { lasting: true, keep: false } as const;

/** What reading trees takes. */
export interface TreeReader {
  readonly client: Client;
  readonly folders: Shelf<readonly TreeEntry[]>;
  /** Whose token reads, and of which project: begins the key of what is kept. */
  readonly as: string;
}

/**
 * A commit's trees and blobs over the REST API, folder by folder (https://docs.gitlab.com/api/repositories). GitLab
 * lists a tree by its path, not by its id: where each id stands is kept, and what has the same id is the same tree.
 * Only the commit is asked for in each cycle; what hangs on its id never changes and is kept.
 */
export function gitlabObjects({ client, folders, as }: TreeReader, commit: string): CommitObjects {
  const pathOf = new Map<string, string>();
  const place = (folder: string, entries: readonly TreeEntry[]): void => {
    for (const { oid: id, name } of entries) pathOf.set(id, folder === '' ? name : `${folder}/${name}`);
  };
  return {
    root: async () => {
      const reply = await client.get(commitRequest(commit), z.object({ id: oid }), { keep: false });
      if (!reply.ok) return commitFailure(client, commit, reply);
      if (reply.value.id !== commit) return another(client, 'commit', commit);
      // Stands for the root's tree, whose own id GitLab does not tell.
      pathOf.set(commit, '');
      return { ok: true, value: commit };
    },
    tree: async (id) => {
      const folder = pathOf.get(id) ?? '';
      const key = `${as} ${id}`;
      const known = folders.get(key);
      if (known) {
        place(folder, known);
        return { ok: true, value: { entries: known, whole: true } };
      }
      const entries: TreeEntry[] = [];
      let page: number | null = 1;
      while (page !== null && page <= mostPages) {
        const reply: Reply<Listed> = await client.get(treeRequest(commit, folder, page), treeSchema, once);
        if (!reply.ok) return { ok: false, failure: reply.failure };
        const prefix = folder === '' ? '' : `${folder}/`;
        if (reply.value.some(({ path, name }) => path !== `${prefix}${name}`))
          return another(client, 'folder', folder === '' ? '/' : folder);
        entries.push(...reply.value.map(entryOf));
        page = reply.next;
      }
      place(folder, entries);
      if (page === null) folders.put(key, entries);
      return { ok: true, value: { entries, whole: page === null } };
    },
    blob: ({ oid: id }) => readBlob(client, id, pathOf.get(id) ?? null, commit),
  };
}

/** What to say of a commit that GitLab does not show: the project is asked for to tell. */
async function commitFailure(
  client: Client,
  commit: string,
  reply: Exclude<Reply<unknown>, { ok: true }>,
): Promise<Answer<never>> {
  if (reply.refusal?.status !== 404 || reply.refusal.project) return { ok: false, failure: reply.failure };
  const project = await client.get(projectRequest, z.object({ id: z.number() }));
  if (!project.ok) return { ok: false, failure: project.failure };
  const message = `${client.title} has no commit ${commit.slice(0, 12)} in ${client.address.project} that its token may see: push it, pin another candidate, or give the token the scope read_api and the role Reporter.`;
  return failed('not-found', message, 404);
}

async function readBlob(
  client: Client,
  id: string,
  path: string | null,
  commit: string,
): Promise<Answer<BlobRead>> {
  const isIt = (blob: z.infer<typeof blobSchema>) =>
    blobId(Buffer.from(blob.content, 'base64'), id.length) === id;
  const reply = await client.get(blobRequest(id), blobSchema, { ...once, isIt });
  if (!reply.ok) {
    const tooLarge = reply.failure.kind === 'too-large' && path !== null;
    return tooLarge ? sizeOf(client, id, path, commit) : { ok: false, failure: reply.failure };
  }
  const content = Buffer.from(reply.value.content, 'base64');
  // What its own id does not fit is another file, or half of it.
  if (blobId(content, id.length) !== id) return another(client, 'file', id);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    ok: true,
    value: { bytes: content.length, sha256, content: content.length > keepLimit ? null : content },
  };
}

/** The size and digest of a file that is too large to be read, as GitLab's headers tell them. */
async function sizeOf(client: Client, id: string, path: string, commit: string): Promise<Answer<BlobRead>> {
  const head = await client.head(fileHeadRequest(path, commit));
  if (!head.ok) return head;
  const {
    'x-gitlab-blob-id': blob,
    'x-gitlab-size': size = '',
    'x-gitlab-content-sha256': sha256 = '',
  } = head.value ?? {};
  if (blob !== id || !/^\d{1,15}$/.test(size)) return another(client, 'file', id);
  const digest = /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null;
  return { ok: true, value: { bytes: Number(size), sha256: digest, content: null } };
}

function entryOf({ name, mode, id }: Listed[number]): TreeEntry {
  const kind =
    mode === '040000' ? 'folder' : mode === '160000' ? 'submodule' : mode === '120000' ? 'symlink' : 'file';
  return { name, kind, oid: id, executable: mode === '100755' };
}

function another(client: Client, what: string, id: string): Answer<never> {
  const message = `${client.title} was asked for the ${what} ${id.slice(0, 100)} and answered with another: look at what stands between.`;
  return failed('malformed', message, 200);
}
