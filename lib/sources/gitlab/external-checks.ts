import { z } from 'zod';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import type { Answer } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';
import { externalChecksRequest } from './request.ts';

const checksSchema = z.array(
  z.object({ name: z.string(), protected_branches: z.array(z.object({ name: z.string() })).nullish() }),
);
type Checks = z.infer<typeof checksSchema>;

const mostPages = 5;

/** External status checks that must pass on a branch: https://docs.gitlab.com/api/status_checks/ */
export async function seeExternalChecks(
  client: Client,
  branch: string,
): Promise<Answer<Pick<CiRequiredSeen, 'required' | 'unseen'> & { readonly answers: readonly number[] }>> {
  const required: CiRequiredSeen['required'][number][] = [];
  const answers: number[] = [];
  for (let page: number | null = 1; page !== null && page <= mostPages; ) {
    const reply: Reply<Checks> = await client.get(externalChecksRequest(page), checksSchema);
    if (!reply.ok) {
      if (reply.refusal?.status !== 403 && reply.refusal?.status !== 404)
        return { ok: false, failure: reply.failure };
      const unseen = [{ what: 'external status checks', permission: reply.refusal.permission }];
      return { ok: true, value: { required, unseen, answers } };
    }
    if (reply.answer !== null) answers.push(reply.answer);
    for (const { name, protected_branches: branches } of reply.value)
      if (!branches || branches.length === 0 || branches.some((one) => covers(one.name, branch)))
        required.push({ check: shown(name), by: 'merge', app: null });
    page = reply.next;
  }
  return { ok: true, value: { required, unseen: [], answers } };
}

/** Whether a protected branch's name, which may hold `*`, is that of a branch. */
function covers(pattern: string, branch: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === branch;
  if (!branch.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest.slice(0, -1)) {
    const found = branch.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = rest.at(-1) ?? '';
  return branch.length - last.length >= at && branch.endsWith(last);
}
