import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Collection, Observation, Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { gitObjects } from './commit-objects.ts';
import { type Answer, failed } from './failure.ts';
import { type OpenContext, openAt } from './open.ts';
import { type CommitWalk, walkCommit } from './walk.ts';

/**
 * Answers file questions over one commit: all of them by one `git cat-file --batch`. `commit` null gives each a
 * failure that says so. Never throws for what a repository holds.
 */
export async function collectFiles(
  source: SourceSpec,
  questions: readonly Question[],
  commit: string | null,
  context: OpenContext,
): Promise<Collection> {
  const observations: Observation[] = [];
  const answers: { readonly url: string; readonly body: string }[] = [];
  const startedMs = context.now();
  const opened: Answer<Opened> = await open(source, commit, startedMs, context);
  for (const question of questions) {
    const beganMs = context.now();
    const answer = await answerOne(question, opened);
    const kept = answer.ok && answer.value.text !== null ? [answers.length] : [];
    if (answer.ok && answer.value.text !== null)
      answers.push({
        url: `${source.address}#${answer.value.commit}:${answer.value.path}`,
        body: answer.value.text,
      });
    observations.push({
      question,
      observedAt: new Date(context.now()).toISOString(),
      tookMs: context.now() - (observations.length === 0 ? startedMs : beganMs),
      outcome: answer,
      answers: kept,
    } as Observation);
  }
  if (!opened.ok) return { observations, answers, requests: 0 };
  opened.value.close();
  return { observations, answers, requests: opened.value.requests() };
}

interface Opened {
  readonly walk: CommitWalk;
  readonly close: () => void;
  readonly requests: () => number;
}

async function open(
  source: SourceSpec,
  commit: string | null,
  nowMs: number,
  context: OpenContext,
): Promise<Answer<Opened>> {
  if (commit === null)
    return failed('not-found', 'No candidate is pinned, so there is no commit to read; pin one first.');
  const repository = await openAt(source, commit, nowMs + source.timeoutMs, context);
  if (!repository.ok) return repository;
  const { reader, lacking, requests } = repository.value;
  return {
    ok: true,
    value: {
      walk: walkCommit(commit, gitObjects(commit, reader, lacking)),
      close: reader.close,
      requests: () => requests + reader.processes(),
    },
  };
}

async function answerOne(question: Question, opened: Answer<Opened>): Promise<Answer<FileAtCommit>> {
  if (question.ask !== 'file')
    return failed('refused', 'A repository answers only questions about its files.');
  if (!opened.ok) return opened;
  return opened.value.walk.file(question.path);
}
