import type { Collection, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { notOurs } from '../not-ours.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { walkCommit } from '../repository/walk.ts';
import { parseGitlabAddress } from './address.ts';
import { askCiRequired } from './ci-required.ts';
import { type Asked, askCiRuns, type RunsContext } from './ci-runs.ts';
import { createClient } from './client.ts';
import { finishedPipelines } from './finished-pipelines.ts';
import { gitlabObjects, listedFolders } from './objects.ts';
import { probe } from './probe.ts';
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
  const { now, outgoing, credential } = context;
  const address = parseGitlabAddress(source.address);
  if (!address.ok) {
    const observedAt = new Date(now()).toISOString();
    const observations = questions.map(
      (question) => ({ question, observedAt, tookMs: 0, answers: [], outcome: address }) as Observation,
    );
    return { observations, answers: [], requests: 0 };
  }
  const client = createClient(source, address.value, context, parseJsonAnswer);
  const as = JSON.stringify([address.value.api, sha256(credential?.token ?? '')]);
  const reader: Reader = {
    client,
    finished: finishedPipelines(outgoing),
    folders: listedFolders(outgoing),
    as,
  };
  const at = atCandidate(reader, questions, context);
  const observations = await Promise.all(
    questions.map(async (question): Promise<Observation> => {
      const beganMs = now();
      const asked = await answerOne(question, reader, at);
      if (asked === null) return notOurs(question, now(), 'A GitLab project');
      const endedMs = now();
      const observedAt = new Date(endedMs).toISOString();
      return { question, observedAt, tookMs: endedMs - beganMs, ...asked } as Observation;
    }),
  );
  return { observations, answers: client.answers, requests: client.requests() };
}

/** What a test of the connection finds: the project, and each part of it that checks read. */
export async function probeGitlab(source: SourceSpec, context: SourceContext): Promise<readonly ProbePart[]> {
  const address = parseGitlabAddress(source.address);
  if (!address.ok)
    return [{ name: 'Project', state: 'trouble', says: address.failure.message, tookMs: null }];
  return probe(createClient(source, address.value, context, parseJsonAnswer));
}

function atCandidate(
  reader: Reader,
  questions: readonly Question[],
  { commit }: SourceContext,
): Answer<RunsContext> {
  if (commit === null)
    return failed('not-found', 'No candidate is pinned, so there is no commit to read; pin one first.');
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    return failed('refused', 'The candidate’s commit is not a full commit id.');
  const value: RunsContext = {
    ...reader,
    commit,
    walk: walkCommit(commit, gitlabObjects(reader, commit)),
    mostCommits: Math.max(1, ...questions.map((one) => (one.ask === 'ci-runs' ? one.commits : 1))),
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
      const outcome = await at.value.walk.file(question.path);
      if (!outcome.ok || outcome.value.text === null) return { outcome, answers: [] };
      const { commit, path, text } = outcome.value;
      const { pages, project } = at.value.client.address;
      return { outcome, answers: [at.value.client.keep(`${pages}/${project}#${commit}:${path}`, text)] };
    }
    default:
      return null;
  }
}
