import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { askEndpoint } from './endpoint/index.ts';
import { askGithub, probeGithub, resolveGithubRef } from './github/index.ts';
import { askGitlab, probeGitlab, resolveGitlabRef } from './gitlab/index.ts';
import { askGrafana } from './grafana/index.ts';
import { guarded } from './guarded.ts';
import { askPrometheus, probePrometheus } from './prometheus/index.ts';
import { type Answer, failed } from './repository/failure.ts';
import { askRepository, resolveRef } from './repository/index.ts';

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

/** What a source tells of itself when somebody tests the connection, besides the questions it is asked anyway. */
export function probeSource(source: SourceSpec, given: SourceContext): Promise<readonly ProbePart[]> {
  const context = guarded(given);
  if (source.kind === 'prometheus') return probePrometheus(source, context);
  if (source.kind === 'gitlab') return probeGitlab(source, context);
  return source.kind === 'github' ? probeGithub(source, context) : Promise.resolve([]);
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
