import { z } from 'zod';
import type { CiFile, CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import { branchFault } from '../branch-fault.ts';
import type { Asked } from '../observe.ts';
import { type Answer, failed } from '../repository/failure.ts';
import { walkCommit } from '../repository/walk.ts';
import type { CiFileRead } from './ci-file.ts';
import { readCiFileAt } from './ci-file-at.ts';
import type { Client } from './client.ts';
import { seeExternalChecks } from './external-checks.ts';
import { gitlabObjects, oid } from './objects.ts';
import { type ProjectSeen, seeProject } from './project.ts';
import { seeReported } from './reported.ts';
import { branchRequest, permissionOf } from './request.ts';
import type { Reader } from './runs.ts';

const branchSchema = z.object({
  name: z.string(),
  protected: z.boolean(),
  commit: z.object({ id: oid }),
});

/** Whether pipelines must succeed before a merge into a branch, and what is known of a job of theirs. */
export async function askCiRequired(
  reader: Reader,
  { branch: named, check }: { readonly branch: string | null; readonly check: string },
): Promise<Asked<CiRequiredSeen>> {
  const { client } = reader;
  const answers: number[] = [];
  const stop = (outcome: Answer<never>): Asked<CiRequiredSeen> => ({ outcome, answers });
  const project = await seeProject(client);
  if (!project.ok) return stop(project);
  answers.push(...project.value.answers);
  const branch = await seeBranch(client, named ?? project.value.defaultBranch);
  if (!branch.ok) return stop(branch);
  answers.push(...branch.value.answers);
  const { name, commit, isProtected } = branch.value;
  const external = project.value.statusChecksMustPass ? await seeExternalChecks(client, name) : null;
  if (external && !external.ok) return stop(external);
  const reported = await seeReported(reader, name);
  if (!reported.ok) return stop(reported);
  answers.push(...(external?.value.answers ?? []), ...reported.value.answers);
  const walk = walkCommit(commit, gitlabObjects(reader, commit));
  const read = await readCiFileAt(walk, commit, project.value.ciFile);
  if (!read.ok) return stop(read);

  const { pipelinesMustSucceed, skippedCountsAsSuccess } = project.value;
  const value: CiRequiredSeen = {
    branch: shown(name),
    branchProtected: isProtected,
    required: [
      ...(pipelinesMustSucceed ? [{ check, by: 'merge' as const, app: null }] : []),
      ...(external?.value.required ?? []),
    ],
    pipelinesMustSucceed,
    skippedCountsAsSuccess,
    unseen: [...unseenSettings(project.value), ...(external?.value.unseen ?? [])],
    reported: reported.value.reported,
    file: fileWithJob(read.value, check),
  };
  return { outcome: { ok: true, value }, answers };
}

/** A setting that GitLab leaves out is not off: the token may not see it. */
function unseenSettings({ pipelinesMustSucceed }: ProjectSeen): CiRequiredSeen['unseen'] {
  if (pipelinesMustSucceed !== null) return [];
  return [{ what: 'the merge settings', permission: permissionOf({ role: 'Reporter' }) }];
}

async function seeBranch(
  client: Client,
  named: string | null,
): Promise<
  Answer<{
    readonly name: string;
    readonly commit: string;
    readonly isProtected: boolean;
    readonly answers: readonly number[];
  }>
> {
  if (named === null)
    return failed('not-found', `${client.title} has no default branch in this project: name the branch.`);
  const fault = branchFault(named);
  if (fault !== null)
    return failed('refused', `The branch “${shown(named, 120)}” was not looked for: ${fault}.`);
  const reply = await client.get(branchRequest(named), branchSchema);
  if (reply.ok) {
    const { name, commit, protected: isProtected } = reply.value;
    const answers = reply.answer === null ? [] : [reply.answer];
    return { ok: true, value: { name, commit: commit.id, isProtected, answers } };
  }
  if (reply.refusal?.status !== 404 || reply.refusal.project) return { ok: false, failure: reply.failure };
  const message = `${client.title} shows no branch “${shown(named, 120)}”: name the one that is merged into, or give the token ${reply.refusal.permission} in the project.`;
  return failed('not-found', message, 404);
}

/** The CI file, where it has that job or may have it in what was not read; whether paths decide is then the job's. */
function fileWithJob({ file, jobs }: CiFileRead, check: string): CiFile | null {
  const job =
    jobs.find(({ key }) => key === check) ??
    jobs.find(({ key }) => check.startsWith(key) && /^(: \[.*\]| \d+\/\d+)$/s.test(check.slice(key.length)));
  if (!job) return file.fault === null ? null : file;
  const { pullRequest, push } = file.pathFilters;
  return {
    ...file,
    pathFilters: {
      pullRequest: pullRequest || job.runs['merge-request'] === 'by-paths',
      push: push || job.runs.push === 'by-paths',
    },
  };
}
