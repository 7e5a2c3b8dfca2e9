import { type Answer, failed } from './repository/failure.ts';

/** A commit as a vendor lists it. */
export interface CommitListed {
  readonly commit: string;
  /** First line of its message, at most 120 characters. */
  readonly subject: string;
  readonly committedAt: string | null;
}

/** A commit and its first parents, newest first, with the raw answers that told them. */
export interface CommitsListed {
  readonly commits: readonly CommitListed[];
  readonly answers: readonly number[];
}

/** A vendor was asked for one line of commits and listed another. */
export function otherCommits(title: string, from: string): Answer<never> {
  const message = `${title} was asked for the commits up to ${from.slice(0, 12)} and listed others: look at what stands between.`;
  return failed('malformed', message, 200);
}
