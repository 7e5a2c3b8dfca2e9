import { endpoint } from '@octokit/endpoint';
import type { JsonObject } from '#lib/domain/json.ts';
import type { GithubAddress } from './address.ts';

/** The version of the REST API whose answers are read: https://docs.github.com/rest/about-the-rest-api/api-versions */
const apiVersion = '2022-11-28';

/** What is asked of a repository: the paths after `/repos/{owner}/{repo}`. */
export const routes = {
  repository: 'GET /repos/{owner}/{repo}',
  commits: 'GET /repos/{owner}/{repo}/commits',
  gitRef: 'GET /repos/{owner}/{repo}/git/ref/{ref}',
  gitTag: 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
  gitCommit: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
  gitTree: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  gitBlob: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  workflows: 'GET /repos/{owner}/{repo}/actions/workflows',
  workflow: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}',
  runs: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
  jobs: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
  rules: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
  branch: 'GET /repos/{owner}/{repo}/branches/{branch}',
  requiredChecks: 'GET /repos/{owner}/{repo}/branches/{branch}/protection/required_status_checks',
  checkRuns: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  statuses: 'GET /repos/{owner}/{repo}/commits/{ref}/status',
  pulls: 'GET /repos/{owner}/{repo}/pulls',
  createBlob: 'POST /repos/{owner}/{repo}/git/blobs',
  createTree: 'POST /repos/{owner}/{repo}/git/trees',
  createCommit: 'POST /repos/{owner}/{repo}/git/commits',
  createRef: 'POST /repos/{owner}/{repo}/git/refs',
  createPull: 'POST /repos/{owner}/{repo}/pulls',
} as const;
export type Route = keyof typeof routes;
/** What is written. */
export type WriteRoute = Extract<Route, `create${string}`>;

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** The URL of a request, built by GitHub's own package. */
export function urlOf(route: Route, address: GithubAddress, parameters: Parameters = {}): string {
  const { api, owner, repo } = address;
  return endpoint(routes[route], { ...parameters, baseUrl: api, owner, repo }).url;
}

/** A write as it is sent: its URL, and what it holds as JSON. */
export function writeOf(
  route: WriteRoute,
  address: GithubAddress,
  content: JsonObject,
): { readonly url: string; readonly body: string } {
  return { url: urlOf(route, address), body: JSON.stringify(content) };
}

/** The headers of every request: the same for all, so that a limit noted for one holds back the others. */
export function headersOf(token: string | null): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    'x-github-api-version': apiVersion,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}
