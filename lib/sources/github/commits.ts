import { z } from 'zod';
import { instant, shown } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';

export interface CommitListed {
  readonly commit: string;
  readonly subject: string;
  readonly committedAt: string | null;
}

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
): Promise<Answer<{ readonly commits: readonly CommitListed[]; readonly answers: readonly number[] }>> {
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
    if (head === undefined || !bySha.has(head)) return another(client, next);
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
      if (found.some(({ commit }) => commit === next)) return another(client, head);
    }
  }
  return { ok: true, value: { commits: found, answers } };
}

function another(client: Client, from: string): Answer<never> {
  const message = `${client.title} was asked for the commits up to ${from.slice(0, 12)} and listed others: look at what stands between.`;
  return failed('malformed', message, 200);
}
