import { z } from 'zod';
import { instant, shown } from '../as-told.ts';
import { type CommitListed, type CommitsListed, otherCommits } from '../commits-listed.ts';
import type { Answer } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const commitsSchema = z.array(
  z.object({
    sha,
    parents: z.array(z.object({ sha })),
    commit: z.object({
      message: z.string(),
      committer: z.object({ date: z.string().optional() }).nullable(),
    }),
  }),
);

type Listed = z.infer<typeof commitsSchema>;

/**
 * A commit and its first parents, newest first, `most` at the most: on a branch that is merged into, what it was after
 * each merge. A page lists all ancestors by date; where merges crowd a parent out, the listing begins again from it.
 */
export async function listCommits(
  client: Client,
  from: string,
  most: number,
): Promise<Answer<CommitsListed>> {
  const found: CommitListed[] = [];
  const answers: number[] = [];
  const perPage = most === 1 ? 1 : Math.min(100, most * 5);
  let next: string | null = from;
  while (next !== null && found.length < most) {
    const reply: Reply<Listed> = await client.get(
      'commits',
      { sha: next, per_page: perPage },
      commitsSchema,
      {
        lasting: next !== from,
      },
    );
    if (!reply.ok) return { ok: false, failure: reply.failure };
    if (reply.answer !== null) answers.push(reply.answer);
    const bySha: ReadonlyMap<string, Listed[number]> = new Map(reply.value.map((one) => [one.sha, one]));
    // A branch is named where its newest commits are wanted; a commit must come first itself.
    const head: string | undefined = sha.safeParse(next).success ? next : reply.value[0]?.sha;
    if (head === undefined || !bySha.has(head)) return otherCommits(client.title, next);
    next = head;
    for (
      let one: Listed[number] | undefined = bySha.get(head);
      one && found.length < most;
      one = bySha.get(next ?? '')
    ) {
      const { message, committer } = one.commit;
      const subject = shown(message.split('\n')[0] ?? '', 120);
      found.push({ commit: one.sha, subject, committedAt: instant(committer?.date) });
      next = one.parents[0]?.sha ?? null;
      if (found.some(({ commit }) => commit === next)) return otherCommits(client.title, head);
    }
  }
  return { ok: true, value: { commits: found, answers } };
}
