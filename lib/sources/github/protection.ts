import { z } from 'zod';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client } from './client.ts';

export type Required = CiRequiredSeen['required'][number] & { readonly appId: number | null };
type Unseen = CiRequiredSeen['unseen'][number];

/** What is required on a branch, as far as it may be seen. */
export interface ProtectionSeen {
  readonly required: readonly Required[];
  readonly unseen: readonly Unseen[];
  readonly answers: readonly number[];
}

/** Each rule may be of a kind unknown here; only these two say that something must have run. */
const rulesSchema = z.array(z.object({ type: z.string(), parameters: z.unknown().optional() }));
const checksRule = z.object({
  required_status_checks: z.array(
    z.object({ context: z.string(), integration_id: z.number().int().nullish() }),
  ),
});
const workflowsRule = z.object({ workflows: z.array(z.object({ path: z.string() })) });

const requirement = z.object({
  contexts: z.array(z.string()).default([]),
  checks: z.array(z.object({ context: z.string(), app_id: z.number().int().nullish() })).default([]),
});
const branchSchema = z.object({
  name: z.string(),
  protected: z.boolean(),
  commit: z.object({ sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/) }),
  protection: z.object({ required_status_checks: requirement.optional() }).optional(),
});
export type BranchSeen = z.infer<typeof branchSchema>;

const mostPages = 10;

/** The rules of all rulesets that hold for a branch: https://docs.github.com/rest/repos/rules#get-rules-for-a-branch */
export async function seeRules(client: Client, branch: string): Promise<Answer<ProtectionSeen>> {
  const required: Required[] = [];
  const answers: number[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const reply = await client.get('rules', { branch, per_page: 100, page }, rulesSchema);
    if (!reply.ok) {
      if (reply.refusal?.status !== 403 && reply.refusal?.status !== 404)
        return { ok: false, failure: reply.failure };
      const permission = planNeeded(reply.refusal.message) ?? reply.refusal.permission;
      return { ok: true, value: { required, unseen: [{ what: 'rulesets', permission }], answers } };
    }
    if (reply.answer !== null) answers.push(reply.answer);
    for (const { type, parameters } of reply.value) {
      const read = requiredBy(type, parameters);
      if (read === null) return misshapen(client, type);
      required.push(...read);
    }
    if (reply.value.length < 100) return { ok: true, value: { required, unseen: [], answers } };
  }
  const unseen = [
    { what: 'rulesets beyond the first 1 000 rules', permission: 'fewer rules on this branch' },
  ];
  return { ok: true, value: { required, unseen, answers } };
}

/** The branch itself, which tells its newest commit, whether it is protected, and some of how. */
export async function seeBranch(
  client: Client,
  branch: string,
): Promise<Answer<{ readonly seen: BranchSeen; readonly answer: number | null }>> {
  const reply = await client.get('branch', { branch }, branchSchema);
  if (reply.ok) return { ok: true, value: { seen: reply.value, answer: reply.answer } };
  if (reply.refusal?.status === 404 && /branch not found/i.test(reply.refusal.message)) {
    const message = `${client.title} has no branch “${shown(branch, 120)}”: name the one that is merged into.`;
    return failed('not-found', message, 404);
  }
  return { ok: false, failure: reply.failure };
}

/**
 * Classic branch protection. Only an unprotected branch, or GitHub's own word for it, is taken for none: a 403 or a
 * bare 404 means that the token may not see it; then what the branch tells to all counts as far as it goes.
 */
export async function seeClassic(
  client: Client,
  branch: string,
  seen: BranchSeen,
): Promise<Answer<ProtectionSeen>> {
  if (!seen.protected) return { ok: true, value: { required: [], unseen: [], answers: [] } };
  const reply = await client.get('requiredChecks', { branch }, requirement);
  if (reply.ok) {
    const answers = reply.answer === null ? [] : [reply.answer];
    return { ok: true, value: { required: classic(reply.value), unseen: [], answers } };
  }
  const { refusal } = reply;
  if (
    refusal?.status === 404 &&
    /^(branch not protected|required status checks not enabled)/i.test(refusal.message)
  )
    return { ok: true, value: { required: [], unseen: [], answers: [] } };
  if (refusal?.status !== 403 && refusal?.status !== 404) return { ok: false, failure: reply.failure };
  const told = seen.protection?.required_status_checks;
  const permission = planNeeded(refusal.message) ?? refusal.permission;
  const unseen = [{ what: 'classic branch protection', permission }];
  return { ok: true, value: { required: told ? classic(told) : [], unseen, answers: [] } };
}

function requiredBy(type: string, parameters: unknown): Required[] | null {
  if (type === 'required_status_checks') {
    const read = checksRule.safeParse(parameters);
    if (!read.success) return null;
    return read.data.required_status_checks.map(({ context, integration_id: app }) =>
      requiring(context, 'ruleset', app),
    );
  }
  if (type !== 'workflows') return [];
  const read = workflowsRule.safeParse(parameters);
  return read.success ? read.data.workflows.map(({ path }) => requiring(path, 'ruleset', null)) : null;
}

function classic({ checks, contexts }: z.infer<typeof requirement>): Required[] {
  const named = new Set(checks.map(({ context }) => context));
  const plain = contexts.filter((context) => !named.has(context));
  return [
    ...checks.map(({ context, app_id: app }) => requiring(context, 'classic', app)),
    ...plain.map((context) => requiring(context, 'classic', null)),
  ];
}

function requiring(check: string, by: Required['by'], app: number | null | undefined): Required {
  // -1 is GitHub's word for any app.
  const appId = app === null || app === undefined || app < 0 ? null : app;
  return { check: shown(check), by, app: null, appId };
}

/** GitHub's plan, where it is what is missing and no permission. */
function planNeeded(message: string): string | null {
  return /^upgrade to github/i.test(message)
    ? 'a GitHub plan with protected branches for private repositories'
    : null;
}

function misshapen(client: Client, type: string): Answer<never> {
  const message = `${client.title} answered with a rule “${type}” of a shape that is not GitHub’s: look at what stands in for it.`;
  return failed('malformed', message, 200);
}
