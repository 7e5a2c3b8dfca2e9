/**
 * What a CI vendor tells of one workflow on the commits of a branch, in words that both vendors share. GitHub: a
 * workflow and its runs and jobs. GitLab: the project's pipeline and its jobs.
 */
export interface CiRunsSeen {
  readonly vendor: 'github' | 'gitlab';
  /** The candidate's commit. */
  readonly commit: string;
  /** Null when the vendor knows no such workflow. */
  readonly workflow: CiWorkflow | null;
  /** The candidate's commit first, then its ancestors, newest first; as many as were asked for, or as there are. */
  readonly commits: readonly CiCommit[];
  /** How the workflow's own file at the candidate's commit stands; null when it could not be read. */
  readonly file: CiFile | null;
  /**
   * The workflow's newest successful run on a commit that is not among `commits`; null when none was seen. It shows
   * nothing of the candidate: people are told where it was that it passed.
   */
  readonly elsewhere: { readonly commit: string; readonly run: CiRun } | null;
}

export interface CiWorkflow {
  readonly name: string;
  /** Of its file; GitLab: `.gitlab-ci.yml` unless the project says otherwise. */
  readonly path: string;
  /** Switched off at the vendor: it runs for nobody. */
  readonly disabled: boolean;
  readonly href: string | null;
}

export interface CiCommit {
  readonly commit: string;
  /** First line of its message, at most 120 characters. */
  readonly subject: string;
  readonly committedAt: string | null;
  /** Runs of the workflow on this very commit, newest first, whatever branch or event they were for; at most 10. */
  readonly runs: readonly CiRun[];
}

/** `waiting`: for an approval or for another run. */
export type CiPhase = 'queued' | 'waiting' | 'running' | 'finished';

/** How something that finished ended. `unknown`: a word of the vendor's that is not known here. */
export type CiConclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'timed-out'
  | 'action-required'
  | 'stale'
  | 'startup-failure'
  | 'unknown';

export interface CiRun {
  /** The vendor's own id. */
  readonly id: string;
  /** As people see it: `#123`. */
  readonly number: string;
  /** 1 for a run that was not repeated. */
  readonly attempt: number;
  /** `push`, `pull_request`, `merge_group`, `schedule` …; GitLab's pipeline source. */
  readonly event: string;
  readonly branch: string | null;
  readonly phase: CiPhase;
  /** Null until it finished. */
  readonly conclusion: CiConclusion | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Of the newest attempt, from its start to its end; null until it finished. */
  readonly tookMs: number | null;
  readonly href: string | null;
  /** Of the newest attempt, in the vendor's order, at most 200; null where they were not read. */
  readonly jobs: readonly CiJob[] | null;
}

export interface CiJob {
  readonly name: string;
  readonly phase: CiPhase;
  readonly conclusion: CiConclusion | null;
  readonly tookMs: number | null;
  readonly href: string | null;
  /** GitLab's `allow_failure`: it may fail, and the pipeline succeeds. False on GitHub, which does not tell by job. */
  readonly mayFail: boolean;
  /** Attempts before the newest in which it failed; not given where those were not read. */
  readonly failedBefore?: number;
}

/** What the file of a workflow says that its runs do not tell. */
export interface CiFile {
  readonly path: string;
  /** Jobs (by their key, and by their name as far as it is fixed) that may fail in part or whole without the run failing. */
  readonly forgiving: readonly {
    readonly job: string;
    readonly name: string | null;
    /** `continue-on-error` of the job itself; an expression counts as true. */
    readonly whole: boolean;
    /** Steps of it with `continue-on-error`. */
    readonly steps: number;
  }[];
  /** GitHub's: jobs that call a workflow whose file is not read, so that its jobs may fail unseen. */
  readonly unreadCalls?: readonly {
    readonly job: string;
    readonly name: string | null;
    readonly uses: string;
  }[];
  /** Whether it runs for pull requests only where paths match: a required check behind it never reports for others. */
  readonly pathFilters: { readonly pullRequest: boolean; readonly push: boolean };
  /** GitLab's: jobs, by their key, that a pipeline is made without where no path of theirs changed. */
  readonly jobsByPaths?: readonly string[];
  /** Events that it runs for. */
  readonly events: readonly string[];
  /** Why nothing of it could be told, or which part (what a file of GitLab's includes); null when all was read. */
  readonly fault: string | null;
}

/** Whether a check is required on a branch. */
export interface CiRequiredSeen {
  readonly branch: string;
  /** Whether the branch is protected, by its name or by a wildcard: else people push to it past every merge. Not given: not told. */
  readonly branchProtected?: boolean;
  /** What is required there, by name as the vendor shows it, each with where that is said. */
  readonly required: readonly {
    readonly check: string;
    /** `ruleset`: GitHub's rules of a branch. `classic`: its branch protection. `merge`: GitLab's merge settings. */
    readonly by: 'ruleset' | 'classic' | 'merge';
    /** The app that alone may report it; null for any. */
    readonly app: string | null;
  }[];
  /** GitLab: pipelines must succeed before a merge; null for GitHub. */
  readonly pipelinesMustSucceed: boolean | null;
  /** GitLab: a skipped pipeline counts as success there; null for GitHub. */
  readonly skippedCountsAsSuccess: boolean | null;
  /** Parts that could not be seen, each with the permission that is missing. Empty: all was seen. */
  readonly unseen: readonly { readonly what: string; readonly permission: string }[];
  /** Names that check runs reported on the branch's newest commits, by which app (null: not told), and when last; at most 200. */
  readonly reported: readonly { readonly check: string; readonly app: string | null; readonly at: string }[];
  /** The workflow file that has a job of that name, as far as it can be found; null when none is. */
  readonly file: CiFile | null;
}
