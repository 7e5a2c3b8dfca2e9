import { z } from 'zod';
import { instant, shown } from '../as-told.ts';
import { type CommitListed, type CommitsListed, otherCommits } from '../commits-listed.ts';
import type { Answer } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';
import { oid } from './objects.ts';
import { commitsRequest } from './request.ts';

const commitsSchema = z.array(
  z.object({
    id: oid,
    parent_ids: z.array(oid),
    message: z.string(),
    committed_date: z.string().nullish(),
  }),
);
type Listed = z.infer<typeof commitsSchema>;

/**
 * A commit and its first parents, newest first, `most` at the most: on a branch that is merged into, what it was after
 * each merge. Empty where GitLab knows no such commit. What hangs on a commit never changes and is asked for once.
 */
export async function listCommits(
  client: Client,
  from: string,
  most: number,
): Promise<Answer<CommitsListed>> {
  const found: CommitListed[] = [];
  const answers: number[] = [];
  let next: string | null = from;
  while (next !== null && found.length < most) {
    const request = commitsRequest(next, Math.min(100, most - found.length));
    const reply: Reply<Listed> = await client.get(request, commitsSchema, { lasting: next !== from });
    if (!reply.ok) return { ok: false, failure: reply.failure };
    if (reply.answer !== null) answers.push(reply.answer);
    if (reply.value.length === 0 && found.length === 0) return { ok: true, value: { commits: [], answers } };
    if (reply.value[0]?.id !== next) return otherCommits(client.title, next);
    for (const one of reply.value) {
      // A server that lists all parents may set one of another line between.
      if (one.id !== next) continue;
      if (found.length >= most) break;
      const subject = shown(one.message.split('\n')[0] ?? '', 120);
      found.push({ commit: one.id, subject, committedAt: instant(one.committed_date) });
      next = one.parent_ids[0] ?? null;
      if (found.some(({ commit }) => commit === next)) return otherCommits(client.title, from);
    }
  }
  return { ok: true, value: { commits: found, answers } };
}
