/** One file as it is to stand in the repository. */
export interface ProposedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  /** What stands there at the base; null for nothing. */
  readonly was: { readonly executable: boolean } | null;
}

/** Where a proposal begins, and where it is to be merged into. */
export interface ProposalBase {
  readonly branch: string;
  readonly isDefault: boolean;
  readonly commit: string;
}

/** What a vendor is asked to hold: one commit on a branch of its own, and a request to merge it. */
export interface Proposal {
  readonly base: Pick<ProposalBase, 'branch' | 'commit'>;
  /** Named by the digest of the files: the same files never make a second one. */
  readonly branch: string;
  readonly files: readonly ProposedFile[];
  readonly title: string;
  readonly text: string;
  readonly message: string;
}

/** A pull or merge request. */
export interface MergeRequestSeen {
  readonly number: number;
  readonly address: string;
  readonly state: 'open' | 'closed' | 'merged';
}

/** What stands at the vendor now. */
export interface Proposed {
  readonly branch: string;
  readonly commit: string;
  /** Of its page. */
  readonly branchAddress: string;
  /** False where the branch was there already, with exactly this. */
  readonly isNewBranch: boolean;
  /** Null where the branch is there and no request is. */
  readonly request: MergeRequestSeen | null;
  readonly isNewRequest: boolean;
  /** Why there is no request, and where it is opened by hand; null where there is one. */
  readonly left: { readonly message: string; readonly byHand: string } | null;
}
