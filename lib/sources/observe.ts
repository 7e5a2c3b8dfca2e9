import type { Collection, Observation, Question } from '#lib/domain/question.ts';
import { notOurs } from './not-ours.ts';
import type { Answer } from './repository/failure.ts';
import type { CommitWalk } from './repository/walk.ts';

/** What a question was answered with, and the raw answers that this rests on. */
export interface Asked<T> {
  readonly outcome: Answer<T>;
  readonly answers: readonly number[];
}

/** Every question failed alike, before anything was asked. */
export function allFailed(
  questions: readonly Question[],
  outcome: Extract<Answer<never>, { ok: false }>,
  nowMs: number,
): Collection {
  const when = { observedAt: new Date(nowMs).toISOString(), tookMs: 0, answers: [] };
  const observations = questions.map((question) => ({ question, ...when, outcome }) as Observation);
  return { observations, answers: [], requests: 0 };
}

/** Answers all questions side by side, each with its time; null stands for one of another kind of source. */
export function observeEach(
  questions: readonly Question[],
  answerOne: (question: Question) => Promise<Asked<unknown> | null>,
  { now, who }: { readonly now: () => number; readonly who: string },
): Promise<readonly Observation[]> {
  return Promise.all(
    questions.map(async (question): Promise<Observation> => {
      const beganMs = now();
      const asked = await answerOne(question);
      if (asked === null) return notOurs(question, now(), who);
      const endedMs = now();
      const observedAt = new Date(endedMs).toISOString();
      return { question, observedAt, tookMs: endedMs - beganMs, ...asked } as Observation;
    }),
  );
}

/** A file at the candidate, its text kept as the raw answer under the project's page. */
export async function askFile(
  path: string,
  {
    walk,
    page,
    keep,
  }: {
    readonly walk: CommitWalk;
    readonly page: string;
    readonly keep: (url: string, body: string) => number;
  },
): Promise<Asked<unknown>> {
  const outcome = await walk.file(path);
  if (!outcome.ok || outcome.value.text === null) return { outcome, answers: [] };
  const { commit, text } = outcome.value;
  return { outcome, answers: [keep(`${page}#${commit}:${outcome.value.path}`, text)] };
}
