/** A permission as GitHub's headers name it: to read, or where it says so to write. */
export type Permission =
  | 'metadata'
  | 'contents'
  | 'actions'
  | 'checks'
  | 'statuses'
  | 'administration'
  | 'pull_requests'
  | `${'contents' | 'workflows' | 'pull_requests'}:write`;

/** An entry of a Git tree. */
export interface GitEntry {
  readonly name: string;
  readonly mode: '100644' | '100755' | '040000' | '160000' | '120000';
  readonly sha: string;
}

export interface WorldCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly at: string;
  readonly tree: string;
}

export interface WorldJob {
  readonly name: string;
  readonly status: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
  readonly conclusion:
    | 'success'
    | 'failure'
    | 'neutral'
    | 'cancelled'
    | 'skipped'
    | 'timed_out'
    | 'action_required'
    | null;
  readonly startedAt: string;
  readonly completedAt: string | null;
}

export interface WorldRun {
  readonly id: number;
  readonly workflow: number;
  readonly commit: string;
  readonly branch: string | null;
  readonly number: number;
  readonly attempt: number;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Of each attempt, the first first. */
  readonly attempts: readonly (readonly WorldJob[])[];
}

export interface WorldWorkflow {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly state: 'active' | 'deleted' | 'disabled_fork' | 'disabled_inactivity' | 'disabled_manually';
}

export interface WorldCheck {
  readonly name: string;
  readonly commit: string;
  readonly at: string;
  readonly app: { readonly id: number; readonly name: string };
}

export interface WorldPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly at: string;
  state: 'open' | 'closed' | 'merged';
}

interface RequiredCheck {
  readonly context: string;
  readonly app: number | null;
}

/** What the stand-in for GitHub holds: one repository. Plain data; change it, and the next answer is of the change. */
export interface GithubWorld {
  owner: string;
  repo: string;
  /** `owner/repo` that it had before: asked for by these, it sends on. */
  formerNames: string[];
  defaultBranch: string;
  branches: Map<string, string>;
  /** By name: its commit, and its own object where it is annotated. */
  tags: Map<string, { readonly commit: string; readonly annotated: string | null }>;
  commits: Map<string, WorldCommit>;
  trees: Map<string, readonly GitEntry[]>;
  blobs: Map<string, Buffer>;
  /** Trees whose lists are cut off after so many entries. */
  cutOffAfter: number;
  workflows: WorldWorkflow[];
  runs: WorldRun[];
  /** What rulesets require, by branch. */
  rules: Map<string, { readonly checks: readonly RequiredCheck[]; readonly workflows: readonly string[] }>;
  /** Classic protection by branch; `checks` null: protected, and requiring no checks. */
  protection: Map<string, { readonly checks: readonly RequiredCheck[] | null; readonly shownToAll: boolean }>;
  checks: WorldCheck[];
  statuses: { readonly context: string; readonly commit: string; readonly at: string }[];
  pulls: WorldPull[];
  /** Who may read and write what; without a token nothing is seen. */
  tokens: Map<string, ReadonlySet<Permission>>;
  /** Requests that may still be made before `resetAtMs`, and how many there are in an hour. */
  limit: { most: number; used: number; resetAtMs: number };
}

/** An empty repository on `main`. */
export function emptyWorld(nowMs: number): GithubWorld {
  return {
    owner: 'the-block',
    repo: 'node',
    formerNames: [],
    defaultBranch: 'main',
    branches: new Map(),
    tags: new Map(),
    commits: new Map(),
    trees: new Map(),
    blobs: new Map(),
    cutOffAfter: 100_000,
    workflows: [],
    runs: [],
    rules: new Map(),
    protection: new Map(),
    checks: [],
    statuses: [],
    pulls: [],
    tokens: new Map(),
    limit: { most: 5_000, used: 0, resetAtMs: nowMs + 3_600_000 },
  };
}
