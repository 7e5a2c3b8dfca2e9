import type { DraftDashboard } from './drafted-dashboards.ts';
import type { Proposal } from './proposal.ts';
import { cut } from './wording.ts';

/** A check that the draft proposes for what a line speaks of. */
export interface Proposed {
  readonly proposal: Proposal;
  readonly kind: 'attestation' | 'metric' | 'file' | 'runbook' | 'checklist' | 'dashboard-file';
  /** What a person is to state; null for a check that a machine decides. */
  readonly statement: string | null;
  /** What the check leaves open, as a comment in the draft; null where it says all. */
  readonly remark: string | null;
  /** The draft's dashboard that is meant; null for any other check. */
  readonly dashboard: string | null;
}

/** Chooses the kind of check for what a document names; a kind whose needs the document does not tell is left out. */
export function proposedCheck(proposal: Proposal, dashboards: ReadonlyMap<string, DraftDashboard>): Proposed {
  const { from, what, anchor } = proposal;
  const plain = { proposal, statement: null, remark: null, dashboard: null };
  const stated = (statement: string): Proposed => ({
    ...plain,
    kind: 'attestation',
    statement: cut(statement, 1000),
  });
  switch (from) {
    case 'metric':
    case 'runbook':
    case 'checklist':
      return { ...plain, kind: from };
    case 'test':
      return stated(`${what} passes on the candidate.`);
    case 'command':
      return stated(`Run on the candidate, and as it should be: ${what}`);
    case 'workflow':
      return what.includes('/') || what === '.gitlab-ci.yml'
        ? { ...plain, kind: 'file', remark: 'It says that the workflow is there, not that it ran or passed.' }
        : stated(`The workflow ${what} ran on the candidate and succeeded.`);
    case 'dashboard': {
      const drafted = dashboards.get(what);
      if (drafted) return { ...plain, kind: 'dashboard-file', dashboard: drafted.id };
      const remark = 'Not dashboard-file: the document does not tell which panels it must have.';
      return { ...plain, kind: 'file', remark };
    }
    case 'file':
      return {
        ...plain,
        kind: 'file',
        remark: anchor === undefined ? null : 'It says that the section is there, not what stands in it.',
      };
  }
}
