import type { ChecklistImport } from '#lib/domain/checklist.ts';
import type {
  ProposalAnswer,
  ProposalChoice,
  ProposalClick,
  ProposalView,
} from '#lib/domain/proposal-view.ts';
import { postVerb } from './api.ts';
import { launchPath } from './views.ts';

/** Where a spec is adopted from. */
export type SpecOrigin =
  | { readonly shipped: string }
  | { readonly text: string; readonly name: string }
  | { readonly repository: string; readonly path: string; readonly ref?: string };

/** Addresses by source id, where this installation's differ from the spec's. */
export type Addresses = Readonly<Record<string, string>>;

/** Adopts a spec: `POST /api/launches`. Gives the launch's id. */
export function adoptSpec(origin: SpecOrigin, addresses: Addresses): Promise<{ readonly launch: string }> {
  const given = Object.keys(addresses).length > 0 ? { addresses } : {};
  return postVerb('/api/launches', { ...origin, ...given });
}

/** What is to be checked again: one item, one track, or the whole launch. */
export type CheckScope =
  | { readonly item: string }
  | { readonly track: string }
  | Readonly<Record<string, never>>;

/** Asks for new evidence now: `POST /api/launches/:id/check`. Gives how many checks were asked. */
export function requestCheck(launch: string, scope: CheckScope): Promise<{ readonly requested: number }> {
  return postVerb(`${launchPath(launch)}/check`, { scope });
}

export interface CandidateMove {
  readonly candidate: { readonly ref: string; readonly commit: string };
  readonly moved: boolean;
  /** What it does, a sentence each. */
  readonly affects: readonly string[];
}

/**
 * Pins or moves the candidate: `POST /api/launches/:id/candidate`. With `dryRun` it says what it would do and does
 * nothing. Without ref and commit the spec's own ref is taken. A commit beside a ref is the one that was shown for it:
 * where the ref has moved since, the answer is a conflict and nothing is done.
 */
export function moveCandidate(
  launch: string,
  to: { readonly ref?: string; readonly commit?: string },
  dryRun: boolean,
): Promise<CandidateMove> {
  return postVerb(`${launchPath(launch)}/candidate`, { ...to, ...(dryRun ? { dryRun: true } : {}) });
}

/** A document to read in, by its text and file name. */
export interface GivenText {
  readonly content: string;
  readonly name: string;
}

export interface ImportRequest {
  readonly document: GivenText;
  /** The checklist as it was, or the draft that was made of it. */
  readonly previous?: GivenText;
  readonly title?: string;
  /** ISO 8601 with its zone. */
  readonly targetAt?: string;
}

/** Reads a Markdown checklist into the draft of a spec: `POST /api/import`. Keeps nothing. */
export function importChecklist(request: ImportRequest): Promise<ChecklistImport> {
  return postVerb('/api/import', request);
}

/** Says what proposing would do: `POST /api/launches/:id/kit/propose` with `dryRun`. Does nothing. */
export function planProposal(launch: string, choice: ProposalChoice): Promise<ProposalView> {
  return postVerb(`${launchPath(launch)}/kit/propose`, { ...choice, dryRun: true });
}

/** Proposes files of the kit as a branch and a request: `POST /api/launches/:id/kit/propose`. */
export function proposeKit(launch: string, click: ProposalClick): Promise<ProposalAnswer> {
  return postVerb(`${launchPath(launch)}/kit/propose`, click);
}
