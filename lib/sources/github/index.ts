import type { Proposal, ProposalBase, Proposed } from '#lib/domain/proposal.ts';
import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { candidateCommit, mostCommits } from '../at-candidate.ts';
import { type Asked, allFailed, askFile, observeEach } from '../observe.ts';
import { carryOut } from '../proposal/carry-out.ts';
import type { Answer } from '../repository/failure.ts';
import { walkCommit } from '../repository/walk.ts';
import { type GithubAddress, parseGithubAddress } from './address.ts';
import { askCiRequired } from './ci-required.ts';
import { askCiRuns, type RunsContext } from './ci-runs.ts';
import { type Client, createClient } from './client.ts';
import { finishedAttempts } from './finished-attempts.ts';
import { githubObjects } from './objects.ts';
import { probe } from './probe.ts';
import { baseOf, githubSteps } from './propose.ts';
import { findCommit } from './ref.ts';

/**
 * Asks a repository on GitHub all questions of a cycle: CI runs and files at the candidate's commit, and what its
 * branches require. Requests grow with runs, files and commits that differ; what cannot change is kept, and the rest
 * is asked for on condition. Nothing is thrown: a failure is an observation.
 */
export async function askGithub(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  const { now } = context;
  const address = parseGithubAddress(source.address);
  if (!address.ok) return allFailed(questions, address, now());
  const client = createClient(source, address.value, context, parseJsonAnswer);
  const at = atCandidate(client, questions, context, address.value);
  const answer = (question: Question) => answerOne(question, client, at);
  const observations = await observeEach(questions, answer, { now, who: 'A GitHub repository' });
  return { observations, answers: client.answers, requests: client.requests() };
}

/** What a test of the connection finds: the repository, and each permission that a check may need. */
export async function probeGithub(source: SourceSpec, context: SourceContext): Promise<readonly ProbePart[]> {
  const address = parseGithubAddress(source.address);
  if (!address.ok)
    return [{ name: 'Repository', state: 'trouble', says: address.failure.message, tookMs: null }];
  return probe(createClient(source, address.value, context, parseJsonAnswer));
}

/** The commit that a branch, a tag, a full ref, HEAD or a full commit id means on GitHub now. */
export async function resolveGithubRef(
  source: SourceSpec,
  ref: string,
  context: SourceContext,
): Promise<Answer<string>> {
  const address = parseGithubAddress(source.address);
  if (!address.ok) return address;
  return findCommit(createClient(source, address.value, context, parseJsonAnswer), ref);
}

/** Where a proposal begins: a branch's head, of the default branch where `branch` is null or not there. */
export async function githubBase(
  source: SourceSpec,
  branch: string | null,
  context: SourceContext,
): Promise<Answer<ProposalBase>> {
  const address = parseGithubAddress(source.address);
  if (!address.ok) return address;
  return baseOf(createClient(source, address.value, context, parseJsonAnswer), branch);
}

/** Has GitHub hold a proposal: one commit on a branch of its own, and a pull request. */
export async function proposeToGithub(
  source: SourceSpec,
  proposal: Proposal,
  context: SourceContext,
): Promise<Answer<Proposed>> {
  const address = parseGithubAddress(source.address);
  if (!address.ok) return address;
  const client = createClient(source, address.value, context, parseJsonAnswer);
  return carryOut(proposal, githubSteps(client, proposal));
}

function atCandidate(
  client: Client,
  questions: readonly Question[],
  { commit, outgoing, memory = outgoing, credential }: SourceContext,
  { api, owner, repo }: GithubAddress,
): Answer<RunsContext> {
  const candidate = candidateCommit(commit);
  if (!candidate.ok) return candidate;
  const value: RunsContext = {
    client,
    commit: candidate.value,
    walk: walkCommit(candidate.value, githubObjects(client, candidate.value)),
    attempts: finishedAttempts(memory),
    reader: JSON.stringify([api, owner, repo, sha256(credential?.token ?? '')]),
    mostCommits: mostCommits(questions),
  };
  return { ok: true, value };
}

/** Null for a question of another kind of source. */
async function answerOne(
  question: Question,
  client: Client,
  at: Answer<RunsContext>,
): Promise<Asked<unknown> | null> {
  switch (question.ask) {
    case 'ci-required':
      return askCiRequired(client, question);
    case 'ci-runs':
      return at.ok ? askCiRuns(at.value, question) : { outcome: at, answers: [] };
    case 'file': {
      if (!at.ok) return { outcome: at, answers: [] };
      const { pages, owner, repo } = client.address;
      const page = `${pages}/${owner}/${repo}`;
      return askFile(question.path, { walk: at.value.walk, page, keep: client.keep });
    }
    default:
      return null;
  }
}
