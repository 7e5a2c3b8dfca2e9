import { z } from 'zod';
import { href, shown } from '../as-told.ts';
import type { Answer } from '../repository/failure.ts';
import type { Client } from './client.ts';
import { projectRequest } from './request.ts';

/** Fields that GitLab leaves out for who may not see them are not given; `null` there is GitLab's own word. */
const projectSchema = z.object({
  id: z.number().int(),
  default_branch: z.string().nullish(),
  web_url: z.string().optional(),
  ci_config_path: z.string().nullish(),
  jobs_enabled: z.boolean().optional(),
  builds_access_level: z.string().optional(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
  allow_merge_on_skipped_pipeline: z.boolean().nullish(),
  only_allow_merge_if_all_status_checks_passed: z.boolean().nullish(),
});

/** A project's settings, as far as they may be seen: https://docs.gitlab.com/api/projects/#retrieve-a-project */
export interface ProjectSeen {
  /** The project's pages; null where not told. */
  readonly page: string | null;
  /** Null for a project without one. */
  readonly defaultBranch: string | null;
  /** Its CI file, `.gitlab-ci.yml` unless set; null where the token may not see it. */
  readonly ciFile: string | null;
  readonly ciDisabled: boolean;
  /** Null where the token may not see it. */
  readonly pipelinesMustSucceed: boolean | null;
  /** Null where the token may not see it. */
  readonly skippedCountsAsSuccess: boolean | null;
  /** Whether external status checks must pass; false also where GitLab's plan has none. */
  readonly statusChecksMustPass: boolean;
  readonly answers: readonly number[];
}

/** Asks for the project's settings. */
export async function seeProject(client: Client): Promise<Answer<ProjectSeen>> {
  const reply = await client.get(projectRequest, projectSchema);
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const { value, answer } = reply;
  const path = value.ci_config_path;
  return {
    ok: true,
    value: {
      page: href(value.web_url, client.address.pages),
      defaultBranch: value.default_branch || null,
      ciFile: path === undefined ? null : path ? shown(path) : '.gitlab-ci.yml',
      ciDisabled: value.builds_access_level === 'disabled' || value.jobs_enabled === false,
      pipelinesMustSucceed: told(value, 'only_allow_merge_if_pipeline_succeeds'),
      skippedCountsAsSuccess: told(value, 'allow_merge_on_skipped_pipeline'),
      statusChecksMustPass: value.only_allow_merge_if_all_status_checks_passed === true,
      answers: answer === null ? [] : [answer],
    },
  };
}

/** GitLab writes `null` for a setting that was never touched: off. */
function told(
  project: z.infer<typeof projectSchema>,
  setting: 'only_allow_merge_if_pipeline_succeeds' | 'allow_merge_on_skipped_pipeline',
): boolean | null {
  return project[setting] === undefined ? null : project[setting] === true;
}
