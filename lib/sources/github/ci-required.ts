import { z } from 'zod';
import { isSilence } from '#lib/domain/failure.ts';
import type { CiFile, CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import { branchFault } from '../branch-fault.ts';
import type { Asked } from '../observe.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { type CommitWalk, walkCommit } from '../repository/walk.ts';
import type { Client } from './client.ts';
import { githubObjects } from './objects.ts';
import { seeBranch, seeClassic, seeRules } from './protection.ts';
import { seeReported } from './reported.ts';
import { readWorkflowFile, reportsAs } from './workflow-file.ts';

const folder = '.github/workflows';
const mostFiles = 100;
/** https://github.com/apps/github-actions, which need not have reported lately to be known. */
const actionsApp = 15_368;

/** Whether a check is required on a branch, and what is known of its name. */
export async function askCiRequired(
  client: Client,
  { branch: given, check }: { readonly branch: string | null; readonly check: string },
): Promise<Asked<CiRequiredSeen>> {
  const answers: number[] = [];
  const stop = (outcome: Answer<never>): Asked<CiRequiredSeen> => ({ outcome, answers });
  const chosen = given === null ? await defaultBranch(client) : ({ ok: true, value: given } as const);
  if (!chosen.ok) return stop(chosen);
  const branch = chosen.value;
  const fault = branchFault(branch);
  if (fault !== null) {
    const message = `The branch “${shown(branch, 120)}” was not looked for: ${fault}.`;
    return stop(failed('refused', message));
  }
  const at = await seeBranch(client, branch);
  if (!at.ok) return stop(at);
  if (at.value.answer !== null) answers.push(at.value.answer);
  const rules = await seeRules(client, branch);
  if (!rules.ok) return stop(rules);
  const classic = await seeClassic(client, branch, at.value.seen);
  if (!classic.ok) return stop(classic);
  const named = [...rules.value.required, ...classic.value.required];
  const isRequired = named.some((one) => one.check === check);
  const reported = await seeReported(client, branch, isRequired ? check : null);
  if (!reported.ok) return stop(reported);
  for (const part of [rules, classic, reported]) answers.push(...part.value.answers);
  const commit = at.value.seen.commit.sha;
  const found = await fileReporting(walkCommit(commit, githubObjects(client, commit)), check);
  if (!found.ok) return stop(found);

  const { apps } = reported.value;
  const required = named.map(({ check, by, appId }) => ({
    check,
    by,
    app:
      appId === null ? null : (apps.get(appId) ?? (appId === actionsApp ? 'GitHub Actions' : `app ${appId}`)),
  }));
  const value: CiRequiredSeen = {
    branch: shown(at.value.seen.name),
    // A ruleset protects as well, and a branch under nothing but one need not be called protected.
    branchProtected: at.value.seen.protected || required.length > 0,
    required,
    pipelinesMustSucceed: null,
    skippedCountsAsSuccess: null,
    unseen: [rules, classic, reported].flatMap((part) => part.value.unseen).concat(found.value.unseen),
    reported: reported.value.reported,
    file: found.value.file,
  };
  return { outcome: { ok: true, value }, answers };
}

async function defaultBranch(client: Client): Promise<Answer<string>> {
  const reply = await client.get('repository', {}, z.object({ default_branch: z.string() }));
  return reply.ok ? { ok: true, value: reply.value.default_branch } : { ok: false, failure: reply.failure };
}

/** The workflow file of the branch that has a job of this name. One that cannot be read is passed over, unless GitHub is silent. */
async function fileReporting(
  walk: CommitWalk,
  check: string,
): Promise<Answer<{ readonly file: CiFile | null; readonly unseen: CiRequiredSeen['unseen'] }>> {
  const listed = await walk.folder(folder);
  if (!listed.ok && isSilence(listed.failure)) return listed;
  const unseen = [{ what: 'workflow files', permission: 'Contents: read' }];
  if (!listed.ok) return { ok: true, value: { file: null, unseen } };
  const names = (listed.value ?? []).flatMap(({ kind, name }) =>
    kind === 'file' && /\.ya?ml$/.test(name) ? [name] : [],
  );
  for (const name of names.slice(0, mostFiles)) {
    const path = `${folder}/${name}`;
    const read = await walk.file(path);
    if (!read.ok && isSilence(read.failure)) return read;
    if (!read.ok || read.value.text === null) continue;
    const workflow = readWorkflowFile(path, read.value.text);
    if (reportsAs(workflow, check)) return { ok: true, value: { file: workflow.file, unseen: [] } };
  }
  return { ok: true, value: { file: null, unseen: [] } };
}
