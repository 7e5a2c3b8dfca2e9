import type { JsonObject } from '#lib/domain/json.ts';
import type { GitlabAddress } from './address.ts';

/** One request to a project's API: https://docs.gitlab.com/api/rest/ */
export interface Request {
  readonly method?: 'HEAD' | 'POST';
  /** What is asked for, in words that go on after “was asked for”. */
  readonly what: string;
  /** After the project's own. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** What a POST holds. */
  readonly content?: JsonObject;
  /** The least role in a private project that may do it: https://docs.gitlab.com/user/permissions/ */
  readonly role: 'Guest' | 'Reporter' | 'Developer' | 'Maintainer';
}

/** As many entries as GitLab puts on one page. */
export const perPage = 100;

const part = encodeURIComponent;

/** The project and its settings. */
export const projectRequest: Request = { what: 'the project’s settings', path: '', role: 'Reporter' };

/** A commit's first parents and itself. */
export function commitsRequest(ref: string, most: number): Request {
  const query = { ref_name: ref, first_parent: true, per_page: most };
  return { what: 'commits', path: '/repository/commits', query, role: 'Reporter' };
}

/** One commit. */
export function commitRequest(commit: string): Request {
  const path = `/repository/commits/${part(commit)}`;
  return { what: 'the candidate’s commit', path, query: { stats: false }, role: 'Reporter' };
}

/** A page of what a folder holds; `folder` is empty for the root. */
export function treeRequest(commit: string, folder: string, page: number): Request {
  const query = { ref: commit, ...(folder === '' ? {} : { path: folder }), per_page: perPage, page };
  return { what: 'a folder', path: '/repository/tree', query, role: 'Reporter' };
}

/** A blob with its content, in base64. */
export function blobRequest(id: string): Request {
  return { what: 'a file', path: `/repository/blobs/${part(id)}`, role: 'Reporter' };
}

/** A file's headers alone: its size, digest and blob. */
export function fileHeadRequest(path: string, commit: string): Request {
  const query = { ref: commit };
  return { method: 'HEAD', what: 'a file', path: `/repository/files/${part(path)}`, query, role: 'Reporter' };
}

/** Pipelines, newest first; child pipelines are not among them. */
export function pipelinesRequest(
  by:
    | { readonly sha: string }
    | { readonly ref: string }
    | { readonly source: string }
    | { readonly status: string },
  most: number,
): Request {
  const query = { ...by, order_by: 'id', sort: 'desc', per_page: most };
  return { what: 'pipelines', path: '/pipelines', query, role: 'Reporter' };
}

/** One pipeline, which alone tells how long it took. */
export function pipelineRequest(id: string): Request {
  return { what: 'a pipeline', path: `/pipelines/${id}`, role: 'Reporter' };
}

/** A page of a pipeline's jobs, those that were retried among them. */
export function jobsRequest(id: string, page: number): Request {
  const query = { include_retried: true, per_page: perPage, page };
  return { what: 'a pipeline’s jobs', path: `/pipelines/${id}/jobs`, query, role: 'Reporter' };
}

/** A page of a pipeline's jobs that begin other pipelines. */
export function bridgesRequest(id: string, page: number): Request {
  const query = { per_page: perPage, page };
  return { what: 'a pipeline’s trigger jobs', path: `/pipelines/${id}/bridges`, query, role: 'Reporter' };
}

/** A page of what reported on a commit within a pipeline: its jobs, and what other systems told. */
export function statusesRequest(commit: string, pipeline: string, page: number): Request {
  const query = { pipeline_id: pipeline, per_page: perPage, page };
  return { what: 'commit statuses', path: `/repository/commits/${commit}/statuses`, query, role: 'Reporter' };
}

/** One branch, and whether it is protected, be it by its name or by a wildcard. */
export function branchRequest(branch: string): Request {
  return { what: 'the branch', path: `/repository/branches/${part(branch)}`, role: 'Reporter' };
}

/** One tag, with the commit that it leads to. */
export function tagRequest(tag: string): Request {
  return { what: 'the tag', path: `/repository/tags/${part(tag)}`, role: 'Reporter' };
}

/** External status checks (GitLab Ultimate). */
export function externalChecksRequest(page: number): Request {
  const query = { per_page: perPage, page };
  return { what: 'external status checks', path: '/external_status_checks', query, role: 'Maintainer' };
}

/** The branch's merge requests, whatever became of them, newest first. */
export function mergeRequestsRequest(branch: string): Request {
  const query = {
    source_branch: branch,
    state: 'all',
    order_by: 'created_at',
    sort: 'desc',
    per_page: perPage,
  };
  return { what: 'merge requests', path: '/merge_requests', query, role: 'Reporter' };
}

/** A new commit on a new branch, both or neither: https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions */
export function newCommitRequest(content: JsonObject): Request {
  return { method: 'POST', what: 'a new commit', path: '/repository/commits', content, role: 'Developer' };
}

/** A new merge request. */
export function newMergeRequest(content: JsonObject): Request {
  return { method: 'POST', what: 'a new merge request', path: '/merge_requests', content, role: 'Developer' };
}

/** A request's URL. */
export function urlOf({ api }: GitlabAddress, { path, query = {} }: Request): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${part(String(value))}`);
  return `${api}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** The scope of a token and the role of its owner that a request needs, in words. */
export function permissionOf({ role }: Pick<Request, 'role'>): string {
  return `the scope ${role === 'Developer' ? 'api' : 'read_api'} and the role ${role}`;
}
