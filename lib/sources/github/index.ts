import type { Collection, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { notOurs } from '../not-ours.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { walkCommit } from '../repository/walk.ts';
import { type GithubAddress, parseGithubAddress } from './address.ts';
import { askCiRequired } from './ci-required.ts';
import { type Asked, askCiRuns, type RunsContext } from './ci-runs.ts';
import { type Client, createClient } from './client.ts';
import { finishedAttempts } from './finished-attempts.ts';
import { githubObjects } from './objects.ts';
import { probe } from './probe.ts';

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
  if (!address.ok) {
    const observedAt = new Date(now()).toISOString();
    const observations = questions.map(
      (question) => ({ question, observedAt, tookMs: 0, answers: [], outcome: address }) as Observation,
    );
    return { observations, answers: [], requests: 0 };
  }
  const client = createClient(source, address.value, context, parseJsonAnswer);
  const at = atCandidate(client, questions, context, address.value);
  const observations = await Promise.all(
    questions.map(async (question): Promise<Observation> => {
      const beganMs = now();
      const asked = await answerOne(question, client, at);
      if (asked === null) return notOurs(question, now(), 'A GitHub repository');
      const endedMs = now();
      const observedAt = new Date(endedMs).toISOString();
      return { question, observedAt, tookMs: endedMs - beganMs, ...asked } as Observation;
    }),
  );
  return { observations, answers: client.answers, requests: client.requests() };
}

/** What a test of the connection finds: the repository, and each permission that a check may need. */
export async function probeGithub(source: SourceSpec, context: SourceContext): Promise<readonly ProbePart[]> {
  const address = parseGithubAddress(source.address);
  if (!address.ok)
    return [{ name: 'Repository', state: 'trouble', says: address.failure.message, tookMs: null }];
  return probe(createClient(source, address.value, context, parseJsonAnswer));
}

function atCandidate(
  client: Client,
  questions: readonly Question[],
  { commit, outgoing, credential }: SourceContext,
  { api, owner, repo }: GithubAddress,
): Answer<RunsContext> {
  if (commit === null)
    return failed('not-found', 'No candidate is pinned, so there is no commit to read; pin one first.');
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    return failed('refused', 'The candidate’s commit is not a full commit id.');
  const value: RunsContext = {
    client,
    commit,
    walk: walkCommit(commit, githubObjects(client, commit)),
    attempts: finishedAttempts(outgoing),
    reader: JSON.stringify([api, owner, repo, sha256(credential?.token ?? '')]),
    mostCommits: Math.max(1, ...questions.map((one) => (one.ask === 'ci-runs' ? one.commits : 1))),
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
      const outcome = await at.value.walk.file(question.path);
      if (!outcome.ok || outcome.value.text === null) return { outcome, answers: [] };
      const { commit, path, text } = outcome.value;
      const { pages, owner, repo } = client.address;
      return { outcome, answers: [client.keep(`${pages}/${owner}/${repo}#${commit}:${path}`, text)] };
    }
    default:
      return null;
  }
}
