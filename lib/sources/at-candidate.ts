import type { Question } from '#lib/domain/question.ts';
import { type Answer, failed } from './repository/failure.ts';

/** The candidate's commit as questions are asked at it, or why none can be. */
export function candidateCommit(commit: string | null): Answer<string> {
  if (commit === null)
    return failed('not-found', 'No candidate is pinned, so there is no commit to read; pin one first.');
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)
    ? { ok: true, value: commit }
    : failed('refused', 'The candidate’s commit is not a full commit id.');
}

/** Commits that the most demanding question wants; all share one list. */
export function mostCommits(questions: readonly Question[]): number {
  return Math.max(1, ...questions.map((one) => (one.ask === 'ci-runs' ? one.commits : 1)));
}
