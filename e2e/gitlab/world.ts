import type { GitWorld } from '#e2e/github/objects.ts';

/** Roles in a project, the least first. */
export const roles = ['Guest', 'Reporter', 'Developer', 'Maintainer'] as const;
export type Role = (typeof roles)[number];

export interface WorldPipeline {
  readonly id: number;
  readonly commit: string;
  readonly ref: string;
  readonly status: string;
  readonly source: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly yamlErrors: string | null;
}

export interface WorldJob {
  readonly id: number;
  readonly pipeline: number;
  readonly name: string;
  readonly status: string;
  readonly allowFailure: boolean;
  readonly failureReason: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** A newer job of that name took its place. */
  readonly retried: boolean;
  /** Of a trigger job: how the pipeline stands that it began. */
  readonly downstream: string | null;
}

export interface WorldStatus {
  readonly id: number;
  readonly pipeline: number;
  readonly commit: string;
  readonly name: string;
  readonly status: 'pending' | 'running' | 'success' | 'failed' | 'canceled';
  readonly at: string;
}

export interface WorldMergeRequest {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly head: string;
  readonly base: string;
  readonly at: string;
  state: 'opened' | 'closed' | 'merged';
}

/** What the stand-in for GitLab holds: one project. Plain data; change it, and the next answer is of the change. */
export interface GitlabWorld extends GitWorld {
  /** `group/sub/project`. */
  project: string;
  /** Paths that it had before: asked for by these, it sends on. */
  formerPaths: string[];
  settings: {
    ciConfigPath: string | null;
    buildsAccessLevel: 'disabled' | 'private' | 'enabled';
    pipelinesMustSucceed: boolean;
    skippedCountsAsSuccess: boolean | null;
    /** Null: the plan has no external status checks. */
    statusChecksMustPass: boolean | null;
    mergeRequestsEnabled: boolean;
    /** What a push rule has new branches match; null: anything. */
    branchPattern: string | null;
  };
  /** Names, or patterns with `*`. */
  protectedBranches: string[];
  externalChecks: { readonly name: string; readonly branches: readonly string[] }[];
  pipelines: WorldPipeline[];
  jobs: WorldJob[];
  statuses: WorldStatus[];
  mergeRequests: WorldMergeRequest[];
  /** Tokens of the scope `api`, which may write where their role may; others have `read_api`. */
  writers: Set<string>;
  /** Role by token; null: no member, so that the project is hidden. Without a token nothing is seen. */
  tokens: Map<string, Role | null>;
  /** Requests that may still be made before `resetAtMs`, and how many there are in a minute. */
  limit: { most: number; used: number; resetAtMs: number };
}

/** An empty project on `main`. */
export function emptyGitlabWorld(nowMs: number): GitlabWorld {
  return {
    project: 'the-block/core/node',
    formerPaths: [],
    defaultBranch: 'main',
    branches: new Map(),
    tags: new Map(),
    commits: new Map(),
    trees: new Map(),
    blobs: new Map(),
    settings: {
      ciConfigPath: null,
      buildsAccessLevel: 'enabled',
      pipelinesMustSucceed: true,
      skippedCountsAsSuccess: null,
      statusChecksMustPass: null,
      mergeRequestsEnabled: true,
      branchPattern: null,
    },
    protectedBranches: ['main'],
    externalChecks: [],
    pipelines: [],
    jobs: [],
    statuses: [],
    mergeRequests: [],
    writers: new Set(),
    tokens: new Map(),
    limit: { most: 2_000, used: 0, resetAtMs: nowMs + 60_000 },
  };
}
