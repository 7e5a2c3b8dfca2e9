import type { Proposal, ProposalBase, Proposed } from '#lib/domain/proposal.ts';
import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { askEndpoint, probeEndpoint } from './endpoint/index.ts';
import { askGithub, githubBase, probeGithub, proposeToGithub, resolveGithubRef } from './github/index.ts';
import { askGitlab, gitlabBase, probeGitlab, proposeToGitlab, resolveGitlabRef } from './gitlab/index.ts';
import { askGrafana, probeGrafana } from './grafana/index.ts';
import { guarded } from './guarded.ts';
import { askPrometheus, probePrometheus } from './prometheus/index.ts';
import { type Answer, failed } from './repository/failure.ts';
import { askRepository, probeRepository, resolveRef } from './repository/index.ts';

/**
 * Asks one source its questions, in as few requests as its kind allows. Failures come back as observations, one for
 * each question, and are never thrown.
 */
export function askSource(
  source: SourceSpec,
  questions: readonly Question[],
  given: SourceContext,
): Promise<Collection> {
  const context = guarded(given);
  switch (source.kind) {
    case 'prometheus':
      return askPrometheus(source, questions, context);
    case 'repository':
      return askRepository(source, questions, context);
    case 'endpoint':
      return askEndpoint(source, questions, context);
    case 'grafana':
      return askGrafana(source, questions, context);
    case 'github':
      return askGithub(source, questions, context);
    case 'gitlab':
      return askGitlab(source, questions, context);
  }
}

/**
 * What a source tells of itself when somebody tests the connection, besides the questions it is asked anyway. A
 * repository and an endpoint tell nothing that their checks do not ask: they are tried out where there is no check.
 */
export async function probeSource(
  source: SourceSpec,
  given: SourceContext,
  { hasChecks }: { readonly hasChecks: boolean },
): Promise<readonly ProbePart[]> {
  const context = guarded(given);
  switch (source.kind) {
    case 'prometheus':
      return probePrometheus(source, context);
    case 'gitlab':
      return probeGitlab(source, context);
    case 'github':
      return probeGithub(source, context);
    case 'grafana':
      return probeGrafana(source, context);
    case 'endpoint':
      return hasChecks ? [] : probeEndpoint(source, context);
    case 'repository':
      return hasChecks ? [] : probeRepository(source, context);
  }
}

/** The commit that a branch, a tag, a full ref, HEAD or a full commit id means in a source that holds commits. */
export async function resolveCandidate(
  source: SourceSpec,
  ref: string,
  given: SourceContext,
): Promise<Answer<string>> {
  const context = guarded(given);
  switch (source.kind) {
    case 'github':
      return resolveGithubRef(source, ref, context);
    case 'gitlab':
      return resolveGitlabRef(source, ref, context);
    case 'repository': {
      const seen = await resolveRef(source, ref, context);
      return seen.ok ? { ok: true, value: seen.commit } : seen;
    }
    default:
      return failed('refused', `${source.title} is a ${source.kind}, which holds no commits.`);
  }
}

/** Where a proposal to a GitHub or GitLab source begins: at the head of this branch, else of the default one. */
export async function proposalBase(
  source: SourceSpec,
  branch: string | null,
  given: SourceContext,
): Promise<Answer<ProposalBase>> {
  const context = guarded(given);
  if (source.kind === 'gitlab') return gitlabBase(source, branch, context);
  return source.kind === 'github' ? githubBase(source, branch, context) : takesNone(source);
}

/**
 * Has a GitHub or GitLab source hold a proposal. The token of the context writes; it goes to its own origin alone, and
 * no write is sent twice.
 */
export async function proposeTo(
  source: SourceSpec,
  proposal: Proposal,
  given: SourceContext,
): Promise<Answer<Proposed>> {
  const context = guarded(given);
  if (source.kind === 'gitlab') return proposeToGitlab(source, proposal, context);
  return source.kind === 'github' ? proposeToGithub(source, proposal, context) : takesNone(source);
}

function takesNone({ title }: SourceSpec): Answer<never> {
  return failed('refused', `${title} takes no proposal: a GitHub or GitLab source does.`);
}
