import type { MergeRequestSeen } from './proposal.ts';

/** What a click on Propose would do, and where it can be done. */
export interface ProposalView {
  /** GitHub and GitLab sources of the launch, the one that is asked first. */
  readonly targets: readonly ProposalTarget[];
  /** Null where there is no target, or it was not read. */
  readonly plan: ProposalPlan | null;
  /** Why there is no plan, and what to do; null when there is one. */
  readonly unread: { readonly message: string; readonly remedy: string | null } | null;
}

/** A source that takes proposals. */
export interface ProposalTarget {
  /** Its id in the spec. */
  readonly source: string;
  readonly title: string;
  readonly address: string;
  readonly request: 'pull request' | 'merge request';
  /** The one origin that a token of it is sent to. */
  readonly tokenOrigin: string;
  /** Whether a token of its own is set. */
  readonly hasToken: boolean;
}

/** One proposal, before it is made. */
export interface ProposalPlan {
  readonly source: string;
  readonly base: {
    readonly branch: string;
    readonly commit: string;
    /** Why that branch, in a sentence. */
    readonly why: string;
  };
  /** Those that the repository lacks, then those that say something else, then those that cannot be written. */
  readonly files: readonly ProposalFileView[];
  /** Files that stand there as the spec has them. */
  readonly same: number;
  /** Null while no file is chosen. */
  readonly branch: string | null;
  readonly title: string;
  readonly text: string;
  /** The least that the token must be allowed for these files, in words. */
  readonly permissions: readonly string[];
}

export interface ProposalFileView {
  readonly path: string;
  /** What would be done to it; `none` where nothing can be. */
  readonly act: 'add' | 'change' | 'none';
  readonly isChosen: boolean;
  /** What would be done, or why nothing can be, in a sentence. */
  readonly says: string;
}

/** What came of a click. */
export interface ProposalAnswer {
  readonly branch: string;
  readonly branchAddress: string;
  readonly commit: string;
  readonly request: MergeRequestSeen | null;
  /** "Pull request #12 is open." */
  readonly sentence: string;
  /** Why there is no request, and where it is opened by hand; null where there is one. */
  readonly left: { readonly message: string; readonly byHand: string } | null;
}

/** What a person clicked on, as it was shown to them. */
export interface ProposalClick {
  /** The source's id in the spec. */
  readonly source: string;
  /** Where it was read when it was shown: no token is sent anywhere else. */
  readonly address: string;
  /** The commit that the proposal was shown to be made from. */
  readonly base: string;
  readonly branch: string;
  readonly files: readonly string[];
  readonly title: string;
  readonly text: string;
  /** For this one act, and kept nowhere; null: the one that is held for the source. */
  readonly token: string | null;
}

/** What a person has chosen so far; the first target and the missing files where nothing is. */
export interface ProposalChoice {
  readonly source?: string | undefined;
  readonly files?: readonly string[] | undefined;
}
