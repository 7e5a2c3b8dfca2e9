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
import { type GitlabAddress, parseGitlabAddress } from './address.ts';
import { askCiRequired } from './ci-required.ts';
import { askCiRuns, type RunsContext } from './ci-runs.ts';
import { createClient } from './client.ts';
import { finishedPipelines } from './finished-pipelines.ts';
import { gitlabObjects, listedFolders } from './objects.ts';
import { probe } from './probe.ts';
import { baseOf, gitlabSteps } from './propose.ts';
import { findCommit } from './ref.ts';
import type { Reader } from './runs.ts';

/**
 * Asks a project on GitLab all questions of a cycle: pipelines and files at the candidate's commit, and what must
 * succeed before a merge. Requests grow with pipelines, files and commits that differ; what cannot change is kept, and
 * the rest is asked for on condition. Nothing is thrown: a failure is an observation.
 */
export async function askGitlab(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  const { now } = context;
  const address = parseGitlabAddress(source.address);
  if (!address.ok) return allFailed(questions, address, now());
  const reader = readerOf(source, address.value, context);
  const { client } = reader;
  const at = atCandidate(reader, questions, context);
  const answer = (question: Question) => answerOne(question, reader, at);
  const observations = await observeEach(questions, answer, { now, who: 'A GitLab project' });
  return { observations, answers: client.answers, requests: client.requests() };
}

/** What a test of the connection finds: the project, and each part of it that checks read. */
export async function probeGitlab(source: SourceSpec, context: SourceContext): Promise<readonly ProbePart[]> {
  const address = parseGitlabAddress(source.address);
  if (!address.ok)
    return [{ name: 'Project', state: 'trouble', says: address.failure.message, tookMs: null }];
  return probe(createClient(source, address.value, context, parseJsonAnswer));
}

/** The commit that a branch, a tag, HEAD or a full commit id means on GitLab now. */
export async function resolveGitlabRef(
  source: SourceSpec,
  ref: string,
  context: SourceContext,
): Promise<Answer<string>> {
  const address = parseGitlabAddress(source.address);
  return address.ok ? findCommit(readerOf(source, address.value, context), ref) : address;
}

function readerOf(source: SourceSpec, address: GitlabAddress, context: SourceContext): Reader {
  const { outgoing, memory = outgoing, credential } = context;
  return {
    client: createClient(source, address, context, parseJsonAnswer),
    finished: finishedPipelines(memory),
    folders: listedFolders(memory),
    as: JSON.stringify([address.api, sha256(credential?.token ?? '')]),
  };
}

/** Where a proposal begins: a branch's head, of the default branch where `branch` is null or not there. */
export async function gitlabBase(
  source: SourceSpec,
  branch: string | null,
  context: SourceContext,
): Promise<Answer<ProposalBase>> {
  const address = parseGitlabAddress(source.address);
  if (!address.ok) return address;
  return baseOf(createClient(source, address.value, context, parseJsonAnswer), branch);
}

/** Has GitLab hold a proposal: one commit on a branch of its own, and a merge request. */
export async function proposeToGitlab(
  source: SourceSpec,
  proposal: Proposal,
  context: SourceContext,
): Promise<Answer<Proposed>> {
  const address = parseGitlabAddress(source.address);
  if (!address.ok) return address;
  return carryOut(proposal, gitlabSteps(readerOf(source, address.value, context), proposal));
}

function atCandidate(
  reader: Reader,
  questions: readonly Question[],
  { commit }: SourceContext,
): Answer<RunsContext> {
  const candidate = candidateCommit(commit);
  if (!candidate.ok) return candidate;
  const value: RunsContext = {
    ...reader,
    commit: candidate.value,
    walk: walkCommit(candidate.value, gitlabObjects(reader, candidate.value)),
    mostCommits: mostCommits(questions),
  };
  return { ok: true, value };
}

/** Null for a question of another kind of source. */
async function answerOne(
  question: Question,
  reader: Reader,
  at: Answer<RunsContext>,
): Promise<Asked<unknown> | null> {
  switch (question.ask) {
    case 'ci-required':
      return askCiRequired(reader, question);
    case 'ci-runs':
      return at.ok ? askCiRuns(at.value, question) : { outcome: at, answers: [] };
    case 'file': {
      if (!at.ok) return { outcome: at, answers: [] };
      const { client, walk } = at.value;
      const page = `${client.address.pages}/${client.address.project}`;
      return askFile(question.path, { walk, page, keep: client.keep });
    }
    default:
      return null;
  }
}
