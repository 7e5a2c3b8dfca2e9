import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import type { MergeRequestSeen, Proposal, Proposed } from '#lib/domain/proposal.ts';
import { type Answer, type Failed, failed } from '../repository/failure.ts';

/** What a vendor's API is asked for to carry out a proposal; each answer is of now. */
export interface ProposalSteps {
  readonly title: string;
  /** The commit at a branch's head; null where there is no such branch. */
  readonly head: (branch: string) => Promise<Answer<string | null>>;
  /** Whether a commit is its one parent and exactly the proposed files. */
  readonly isOwn: (commit: string) => Promise<Answer<boolean>>;
  /** Makes the commit and its new branch, both or neither; gives the commit. */
  readonly write: () => Promise<Answer<string>>;
  /** The branch's request, an open one before others. */
  readonly find: () => Promise<Answer<MergeRequestSeen | null>>;
  readonly open: () => Promise<Answer<MergeRequestSeen>>;
  readonly branchAddress: string;
  /** Where a request of the branch is opened by hand. */
  readonly byHand: string;
}

const branchForm = /^big-green\/kit-[0-9a-f]{8}$/;

/**
 * Carries out a proposal, step by step, so that a second time finds what the first has left and goes on from there.
 * Nothing is forced, and no branch is written to that exists. After a write that failed it is looked what stands there:
 * an answer may be lost where the write was not, and somebody else may have been first.
 */
export async function carryOut(proposal: Proposal, steps: ProposalSteps): Promise<Answer<Proposed>> {
  const fault = faultOf(proposal);
  if (fault) return failed('refused', `Nothing was proposed: ${fault}.`);
  const before = await steps.head(proposal.branch);
  if (!before.ok) return before;
  if (before.value !== null) return withRequest(proposal, steps, before.value, false);
  // Who may not see requests may not open one: that is known before anything is written.
  const seen = await steps.find();
  if (!seen.ok) return seen;
  const written = await steps.write();
  if (written.ok) return withRequest(proposal, steps, written.value, true);
  const after = await steps.head(proposal.branch);
  if (after.ok && after.value !== null) return withRequest(proposal, steps, after.value, false);
  const left = after.ok
    ? `There is no branch ${proposal.branch}, so nothing of it can be seen there.`
    : `Whether the branch ${proposal.branch} is there cannot be told now: ${steps.branchAddress}`;
  return said(written, left);
}

async function withRequest(
  proposal: Proposal,
  steps: ProposalSteps,
  commit: string,
  isNewBranch: boolean,
): Promise<Answer<Proposed>> {
  const { branch } = proposal;
  const own = await steps.isOwn(commit);
  if (!own.ok)
    return said(own, `The branch ${branch} is there, and was not looked into: ${steps.branchAddress}`);
  if (!own.value) {
    const what = isNewBranch
      ? 'was made, and holds something else than was proposed'
      : 'exists and holds something else than what is proposed, and was not written to';
    return failed('refused', `The branch ${branch} of ${steps.title} ${what}: ${steps.branchAddress}`);
  }
  const there = { branch, commit, branchAddress: steps.branchAddress, isNewBranch };
  const found = await steps.find();
  if (found.ok && found.value && (!isNewBranch || found.value.state === 'open'))
    return { ok: true, value: { ...there, request: found.value, isNewRequest: false, left: null } };
  if (!found.ok) return { ok: true, value: withoutRequest(there, steps, found) };
  const opened = await steps.open();
  if (opened.ok)
    return { ok: true, value: { ...there, request: opened.value, isNewRequest: true, left: null } };
  const again = await steps.find();
  if (again.ok && again.value?.state === 'open')
    return { ok: true, value: { ...there, request: again.value, isNewRequest: false, left: null } };
  return { ok: true, value: withoutRequest(there, steps, opened) };
}

function withoutRequest(
  there: Pick<Proposed, 'branch' | 'commit' | 'branchAddress' | 'isNewBranch'>,
  { byHand }: ProposalSteps,
  { failure }: Failed,
): Proposed {
  return { ...there, request: null, isNewRequest: false, left: { message: failure.message, byHand } };
}

function said({ failure }: Failed, left: string): Failed {
  return { ok: false, failure: { ...failure, message: `${failure.message} ${left}` } };
}

function faultOf({ branch, base, files }: Proposal): string | null {
  if (!branchForm.test(branch) || branch === base.branch) return 'its branch is not one of Big Green’s own';
  if (files.length === 0) return 'there is no file in it';
  for (const { path } of files) {
    const fault = repositoryPathFault(path);
    if (fault !== null) return `“${path.slice(0, 200)}” is no path of a repository (${fault})`;
  }
  return new Set(files.map(({ path }) => path)).size < files.length ? 'a file is in it twice' : null;
}
