import { jobAnswer, runAnswer, workflowAnswer } from './actions-answers.ts';
import { branchAnswer, checkRunAnswer, requiredAnswer, rulesAnswer, statusAnswer } from './branch-answers.ts';
import { ancestors, gitBlob, gitCommit, gitRef, gitTag, gitTree, listedCommit } from './git-answers.ts';
import { listedPull } from './pull-answers.ts';
import { fullRepository } from './repository.ts';
import type { Places } from './schemas.ts';
import type { GithubWorld, Permission } from './world.ts';

/** An answer, and of which operation of GitHub's description it is. */
export interface Answered {
  readonly operation: string;
  readonly permission: Permission;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly world: GithubWorld;
  readonly places: Places;
  /** What the path's pattern caught. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

type Say = (asked: Asked) => { readonly status: number; readonly body: unknown } | null;

const ok = (body: unknown) => ({ status: 200, body });
const refuse = (status: number, message: string) => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});

function page<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const at = (Number(query.get('page') ?? 1) - 1) * size;
  return all.slice(at, at + size);
}

/** What may be asked: operation, pattern of the path after `/repos/{owner}/{repo}`, permission, answer. Null: 404. */
const answers: readonly (readonly [string, RegExp, Permission, Say])[] = [
  ['repos/get', /^$/, 'metadata', ({ world, places }) => ok(fullRepository(world, places))],
  [
    'repos/list-commits',
    /^\/commits$/,
    'contents',
    ({ world, places, query }) => {
      const named = query.get('sha') ?? world.defaultBranch;
      const commits = ancestors(world, world.branches.get(named) ?? named);
      return commits.length === 0 ? null : ok(page(commits, query).map((one) => listedCommit(one, places)));
    },
  ],
  [
    'git/get-ref',
    /^\/git\/ref\/(.+)$/,
    'contents',
    ({ world, places, parts: [ref = ''] }) => {
      const [, kind, name = ''] = /^(heads|tags)\/(.+)$/.exec(ref) ?? [];
      const tag = kind === 'tags' ? world.tags.get(name) : undefined;
      const sha = tag?.annotated ?? tag?.commit ?? (kind === 'heads' ? world.branches.get(name) : undefined);
      return sha ? ok(gitRef(ref, { sha, type: tag?.annotated ? 'tag' : 'commit' }, places)) : null;
    },
  ],
  [
    'git/get-tag',
    /^\/git\/tags\/([^/]+)$/,
    'contents',
    ({ world, places, parts: [sha = ''] }) => {
      const [name, tag] = [...world.tags].find(([, { annotated }]) => annotated === sha) ?? [];
      return name && tag ? ok(gitTag(name, { sha, commit: tag.commit }, places)) : null;
    },
  ],
  [
    'git/get-commit',
    /^\/git\/commits\/([^/]+)$/,
    'contents',
    ({ world, places, parts: [sha = ''] }) => {
      const commit = world.commits.get(sha);
      return commit ? ok(gitCommit(commit, places)) : null;
    },
  ],
  [
    'git/get-tree',
    /^\/git\/trees\/([^/]+)$/,
    'contents',
    ({ world, places, parts: [sha = ''] }) => {
      const entries = world.trees.get(sha);
      return entries ? ok(gitTree(world, sha, entries, places)) : null;
    },
  ],
  [
    'git/get-blob',
    /^\/git\/blobs\/([^/]+)$/,
    'contents',
    ({ world, places, parts: [sha = ''] }) => {
      const content = world.blobs.get(sha);
      return content ? ok(gitBlob(sha, content, places)) : null;
    },
  ],
  [
    'actions/list-repo-workflows',
    /^\/actions\/workflows$/,
    'actions',
    ({ world, places, query }) => {
      const workflows = page(world.workflows, query).map((one) => workflowAnswer(one, places));
      return ok({ total_count: world.workflows.length, workflows });
    },
  ],
  [
    'actions/get-workflow',
    /^\/actions\/workflows\/([^/]+)$/,
    'actions',
    ({ world, places, parts: [named = ''] }) => {
      const one = world.workflows.find(({ id, path }) => String(id) === named || path.endsWith(`/${named}`));
      return one ? ok(workflowAnswer(one, places)) : null;
    },
  ],
  [
    'actions/list-workflow-runs',
    /^\/actions\/workflows\/([^/]+)\/runs$/,
    'actions',
    ({ world, places, query, parts: [workflow = ''] }) => {
      const commit = query.get('head_sha');
      const status = query.get('status');
      const runs = world.runs
        .filter((run) => String(run.workflow) === workflow && (commit === null || run.commit === commit))
        .filter((run) => status === null || run.status === status || run.conclusion === status)
        .toSorted((a, b) => b.number - a.number);
      const told = page(runs, query).map((run) => runAnswer(world, run, places));
      return ok({ total_count: runs.length, workflow_runs: told });
    },
  ],
  [
    'actions/list-jobs-for-workflow-run-attempt',
    /^\/actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/,
    'actions',
    ({ world, places, query, parts: [id, attempt] }) => {
      const run = world.runs.find((one) => String(one.id) === id);
      const jobs = run?.attempts[Number(attempt) - 1];
      if (!run || !jobs) return null;
      const all = jobs.map((job, index) => jobAnswer(world, run, Number(attempt), job, index, places));
      return ok({ total_count: all.length, jobs: page(all, query) });
    },
  ],
  [
    'repos/get-branch-rules',
    /^\/rules\/branches\/(.+)$/,
    'metadata',
    ({ world, query, parts: [branch = ''] }) => ok(page(rulesAnswer(world, branch), query)),
  ],
  [
    'repos/get-status-checks-protection',
    /^\/branches\/(.+)\/protection\/required_status_checks$/,
    'administration',
    ({ world, places, parts: [branch = ''] }) => {
      const protection = world.protection.get(branch);
      if (!protection) return refuse(404, 'Branch not protected');
      if (protection.checks === null) return refuse(404, 'Required status checks not enabled');
      return ok(requiredAnswer(branch, protection.checks, places));
    },
  ],
  [
    'repos/get-branch',
    /^\/branches\/(.+)$/,
    'contents',
    ({ world, places, parts: [branch = ''] }) => {
      const commit = world.commits.get(world.branches.get(branch) ?? '');
      return commit ? ok(branchAnswer(world, branch, commit, places)) : refuse(404, 'Branch not found');
    },
  ],
  [
    'checks/list-for-ref',
    /^\/commits\/([^/]+)\/check-runs$/,
    'checks',
    ({ world, places, query, parts: [commit] }) => {
      const checks = world.checks.filter((one) => one.commit === commit);
      const told = page(checks, query).map((one, index) => checkRunAnswer(one, index, places));
      return ok({ total_count: checks.length, check_runs: told });
    },
  ],
  [
    'repos/get-combined-status-for-ref',
    /^\/commits\/([^/]+)\/status$/,
    'statuses',
    ({ world, places, parts: [commit = ''] }) => ok(statusAnswer(world, commit, places)),
  ],
  [
    'pulls/list',
    /^\/pulls$/,
    'pull_requests',
    ({ world, places, query }) => {
      const head = query.get('head');
      const base = query.get('base');
      const state = query.get('state') ?? 'open';
      const pulls = world.pulls
        .filter((one) => head === null || `${world.owner}:${one.head}` === head)
        .filter((one) => base === null || one.base === base)
        .filter((one) => state === 'all' || (state === 'open') === (one.state === 'open'))
        .toSorted((a, b) => b.number - a.number);
      return ok(page(pulls, query).map((one) => listedPull(world, one, places)));
    },
  ],
];

/** Answers one path below the repository as GitHub would to who may read all; null for a path it does not know. */
export function answerPath(
  world: GithubWorld,
  places: Places,
  path: string,
  query: URLSearchParams,
): Answered | null {
  for (const [operation, pattern, permission, say] of answers) {
    const caught = pattern.exec(path);
    if (!caught) continue;
    const parts = caught.slice(1).map((part) => decodeURIComponent(part));
    const said = say({ world, places, parts, query }) ?? refuse(404, 'Not Found');
    return { operation, permission, ...said };
  }
  return null;
}
