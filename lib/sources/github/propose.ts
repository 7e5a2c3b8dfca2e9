import { z } from 'zod';
import type { MergeRequestSeen, Proposal, ProposalBase, ProposedFile } from '#lib/domain/proposal.ts';
import { href } from '../as-told.ts';
import { branchFault } from '../branch-fault.ts';
import type { ProposalSteps } from '../proposal/carry-out.ts';
import { isOwnCommit } from '../proposal/is-own-commit.ts';
import { blobId } from '../repository/blob-id.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';
import { githubObjects } from './objects.ts';

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const repositorySchema = z.object({ default_branch: z.string() });
const madeSchema = z.object({ sha });
const branchSchema = z.object({ name: z.string(), commit: madeSchema });
const commitSchema = z.object({ sha, tree: madeSchema, parents: z.array(madeSchema) });
const refSchema = z.object({ ref: z.string(), object: madeSchema });
const pullSchema = z.object({
  number: z.number().int().positive(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
  head: z.object({ ref: z.string() }),
});

/** A branch's head; that of the default branch where none is named, or no branch has that name. */
export async function baseOf(client: Client, wanted: string | null): Promise<Answer<ProposalBase>> {
  const reply = await client.get('repository', {}, repositorySchema, { keep: false });
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const standard = reply.value.default_branch;
  const named = wanted === null || branchFault(wanted) ? standard : wanted;
  const head = await headOf(client, named);
  if (!head.ok) return head;
  if (head.value !== null)
    return { ok: true, value: { branch: named, isDefault: named === standard, commit: head.value } };
  if (named !== standard) return baseOf(client, null);
  const message = `${client.title} has no commit on its default branch ${standard}: push one first.`;
  return failed('not-found', message, 404);
}

/** The commit at a branch's head; null where there is no such branch. */
export async function headOf(client: Client, branch: string): Promise<Answer<string | null>> {
  const reply = await client.get('branch', { branch }, branchSchema, { keep: false });
  if (reply.ok)
    return reply.value.name === branch
      ? { ok: true, value: reply.value.commit.sha }
      : otherBranch(client, branch);
  // A repository that is hidden answers “Not Found” for itself too; of a branch that is not there GitHub says which.
  const isNone = reply.refusal?.status === 404 && /branch not found/i.test(reply.refusal.message);
  return isNone ? { ok: true, value: null } : { ok: false, failure: reply.failure };
}

/**
 * A proposal's steps over GitHub's Git database (https://docs.github.com/rest/git): files, tree and commit are seen by
 * nobody until the branch names them, so that all of it is there or nothing.
 */
export function githubSteps(client: Client, proposal: Proposal): ProposalSteps {
  const { pages, owner, repo } = client.address;
  const page = `${pages}/${owner}/${repo}`;
  const { branch, base, title, text } = proposal;
  return {
    title: client.title,
    branchAddress: `${page}/tree/${branch}`,
    byHand: `${page}/compare/${base.branch.split('/').map(encodeURIComponent).join('/')}...${branch}?expand=1`,
    head: (name) => headOf(client, name),
    isOwn: async (commit) => {
      const reply = await client.get('gitCommit', { commit_sha: commit }, commitSchema, { keep: false });
      if (!reply.ok) return { ok: false, failure: reply.failure };
      const [parent, ...others] = reply.value.parents;
      if (!parent || others.length > 0) return { ok: true, value: false };
      return isOwnCommit(githubObjects(client, parent.sha), githubObjects(client, commit), proposal.files);
    },
    write: () => write(client, proposal),
    find: async () => {
      const parameters = { head: `${owner}:${branch}`, state: 'all', per_page: 100 };
      const reply = await client.get('pulls', parameters, z.array(pullSchema), { keep: false });
      if (!reply.ok) return { ok: false, failure: reply.failure };
      const own = reply.value.filter(({ head }) => head.ref === branch).map((one) => seen(one, client));
      return { ok: true, value: own.find(({ state }) => state === 'open') ?? own[0] ?? null };
    },
    open: async () => {
      const content = { title, head: branch, base: base.branch, body: text };
      const reply = await client.post('createPull', content, pullSchema);
      return reply.ok
        ? { ok: true, value: seen(reply.value, client) }
        : { ok: false, failure: reply.failure };
    },
  };
}

async function write(client: Client, { base, branch, files, message }: Proposal): Promise<Answer<string>> {
  const from = await client.get('gitCommit', { commit_sha: base.commit }, commitSchema, { keep: false });
  if (!from.ok) return { ok: false, failure: from.failure };
  const tree: { path: string; mode: string; type: string; sha: string }[] = [];
  // One after the other, as GitHub asks of those who write:
  // https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
  for (const { path, text, executable } of files) {
    const content = Buffer.from(text, 'utf8');
    const blob = { content: content.toString('base64'), encoding: 'base64' };
    const reply = await client.post('createBlob', blob, madeSchema);
    if (!reply.ok) return { ok: false, failure: reply.failure };
    if (reply.value.sha !== blobId(content, reply.value.sha.length)) return otherFile(client, path);
    tree.push({ path, mode: executable ? '100755' : '100644', type: 'blob', sha: reply.value.sha });
  }
  const made = await client.post('createTree', { base_tree: from.value.tree.sha, tree }, madeSchema);
  if (!made.ok) return refused(client, made, files);
  const parents = [base.commit];
  const commit = await client.post('createCommit', { message, tree: made.value.sha, parents }, commitSchema);
  if (!commit.ok) return refused(client, commit, files);
  const ref = { ref: `refs/heads/${branch}`, sha: commit.value.sha };
  const named = await client.post('createRef', ref, refSchema);
  if (!named.ok) return refused(client, named, files);
  return { ok: true, value: named.value.object.sha };
}

const workflows = '.github/workflows/';

/** A token that wrote the files and may not name them in a branch lacks what workflows take besides. */
function refused(
  client: Client,
  { refusal, failure }: Exclude<Reply<unknown>, { ok: true }>,
  files: readonly ProposedFile[],
): Answer<never> {
  const workflow = files.find(({ path }) => path.startsWith(workflows));
  const isRight =
    refusal?.status === 403 || refusal?.status === 404 || /workflow/i.test(refusal?.message ?? '');
  if (!workflow || !refusal || !isRight) return { ok: false, failure };
  const message = `${client.title} answered ${refusal.status} over ${workflow.path}, which is a workflow: give the token Workflows: write besides Contents: write.`;
  return { ok: false, failure: { ...failure, message } };
}

function seen(pull: z.infer<typeof pullSchema>, client: Client): MergeRequestSeen {
  const { pages, owner, repo } = client.address;
  const address = href(pull.html_url, pages) ?? `${pages}/${owner}/${repo}/pull/${pull.number}`;
  return { number: pull.number, address, state: pull.merged_at ? 'merged' : pull.state };
}

function otherFile(client: Client, path: string): Answer<never> {
  const message = `${client.title} took ${path} and named it by another file’s id: look at what stands between.`;
  return failed('malformed', message, 201);
}

function otherBranch(client: Client, branch: string): Answer<never> {
  const message = `${client.title} was asked for the branch ${branch.slice(0, 200)} and answered with another: look at what stands between, or at its address.`;
  return failed('malformed', message, 200);
}
