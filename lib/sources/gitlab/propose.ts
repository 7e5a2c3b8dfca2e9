import { z } from 'zod';
import type { JsonObject } from '#lib/domain/json.ts';
import type { MergeRequestSeen, Proposal, ProposalBase, ProposedFile } from '#lib/domain/proposal.ts';
import { href } from '../as-told.ts';
import { branchFault } from '../branch-fault.ts';
import type { ProposalSteps } from '../proposal/carry-out.ts';
import { isOwnCommit } from '../proposal/is-own-commit.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client } from './client.ts';
import { gitlabObjects, oid, type TreeReader } from './objects.ts';
import {
  branchRequest,
  commitRequest,
  mergeRequestsRequest,
  newCommitRequest,
  newMergeRequest,
  projectRequest,
} from './request.ts';

const projectSchema = z.object({ default_branch: z.string().nullish() });
const branchSchema = z.object({ name: z.string(), commit: z.object({ id: oid }) });
const commitSchema = z.object({ id: oid, parent_ids: z.array(oid) });
const mergeRequestSchema = z.object({
  iid: z.number().int().positive(),
  web_url: z.string(),
  state: z.string(),
  source_branch: z.string(),
});
const unkept = { keep: false } as const;

/** A branch's head; that of the default branch where none is named, or no branch has that name. */
export async function baseOf(client: Client, wanted: string | null): Promise<Answer<ProposalBase>> {
  const reply = await client.get(projectRequest, projectSchema, unkept);
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const standard = reply.value.default_branch;
  if (!standard)
    return failed('not-found', `${client.title} has no default branch: push a commit first.`, 200);
  const named = wanted === null || branchFault(wanted) ? standard : wanted;
  const head = await headOf(client, named);
  if (!head.ok) return head;
  if (head.value !== null)
    return { ok: true, value: { branch: named, isDefault: named === standard, commit: head.value } };
  if (named !== standard) return baseOf(client, null);
  const message = `${client.title} has no commit on its default branch ${standard}: push one first.`;
  return failed('not-found', message, 404);
}

/**
 * A proposal's steps over GitLab's REST API. It makes commit and branch in one request
 * (https://docs.gitlab.com/api/commits/), so that both are there or neither.
 */
export function gitlabSteps(
  reader: TreeReader & { readonly client: Client },
  proposal: Proposal,
): ProposalSteps {
  const { client } = reader;
  const { pages, project } = client.address;
  const page = `${pages}/${project}/-`;
  const { branch, base, files, title, text, message } = proposal;
  const ends = `merge_request%5Bsource_branch%5D=${encodeURIComponent(branch)}&merge_request%5Btarget_branch%5D=${encodeURIComponent(base.branch)}`;
  return {
    title: client.title,
    branchAddress: `${page}/tree/${branch}`,
    byHand: `${page}/merge_requests/new?${ends}`,
    head: (name) => headOf(client, name),
    isOwn: async (commit) => {
      const reply = await client.get(commitRequest(commit), commitSchema, unkept);
      if (!reply.ok) return { ok: false, failure: reply.failure };
      const [parent, ...others] = reply.value.parent_ids;
      if (!parent || others.length > 0) return { ok: true, value: false };
      return isOwnCommit(gitlabObjects(reader, parent), gitlabObjects(reader, commit), files);
    },
    write: async () => {
      const content = {
        branch,
        start_sha: base.commit,
        commit_message: message,
        actions: files.flatMap(actionsOf),
      };
      const reply = await client.post(newCommitRequest(content), commitSchema);
      return reply.ok ? { ok: true, value: reply.value.id } : { ok: false, failure: reply.failure };
    },
    find: async () => {
      const reply = await client.get(mergeRequestsRequest(branch), z.array(mergeRequestSchema), unkept);
      if (!reply.ok) return { ok: false, failure: reply.failure };
      const own = reply.value
        .filter((one) => one.source_branch === branch)
        .map((one) => seen(one, page, pages));
      return { ok: true, value: own.find(({ state }) => state === 'open') ?? own[0] ?? null };
    },
    open: async () => {
      const content = { source_branch: branch, target_branch: base.branch, title, description: text };
      const reply = await client.post(newMergeRequest(content), mergeRequestSchema);
      return reply.ok
        ? { ok: true, value: seen(reply.value, page, pages) }
        : { ok: false, failure: reply.failure };
    },
  };
}

/** GitLab takes a file's mode by an action of its own, after the one that writes it. */
function actionsOf({ path, text, executable, was }: ProposedFile): JsonObject[] {
  const content = Buffer.from(text, 'utf8').toString('base64');
  const written = { action: was ? 'update' : 'create', file_path: path, content, encoding: 'base64' };
  if ((was?.executable ?? false) === executable) return [written];
  return [written, { action: 'chmod', file_path: path, execute_filemode: executable }];
}

/** The commit at a branch's head; null where there is no such branch. */
async function headOf(client: Client, branch: string): Promise<Answer<string | null>> {
  const reply = await client.get(branchRequest(branch), branchSchema, unkept);
  if (reply.ok && reply.value.name === branch) return { ok: true, value: reply.value.commit.id };
  if (reply.ok) {
    const message = `${client.title} was asked for the branch ${branch.slice(0, 200)} and answered with another: look at what stands between.`;
    return failed('malformed', message, 200);
  }
  const isNone = reply.refusal?.status === 404 && !reply.refusal.project;
  return isNone ? { ok: true, value: null } : { ok: false, failure: reply.failure };
}

/** A `locked` one is about to be merged: https://docs.gitlab.com/api/merge_requests/ */
function seen(
  { iid, web_url: url, state }: z.infer<typeof mergeRequestSchema>,
  page: string,
  pages: string,
): MergeRequestSeen {
  const address = href(url, pages) ?? `${page}/merge_requests/${iid}`;
  return { number: iid, address, state: state === 'merged' || state === 'closed' ? state : 'open' };
}
