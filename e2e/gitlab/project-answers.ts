import type { ExternalCheckTold, Places, ProjectTold } from './shapes.ts';
import type { GitlabWorld } from './world.ts';

/** The project and its settings, as a member sees them, or as a guest does, who may not see its code. */
export function projectTold(world: GitlabWorld, { page }: Places, mayReadCode: boolean): ProjectTold {
  const { settings, project } = world;
  const [name = ''] = project.split('/').slice(-1);
  const basic: ProjectTold = {
    id: 4_711,
    description: null,
    name,
    name_with_namespace: project.replaceAll('/', ' / '),
    path: name,
    path_with_namespace: project,
    created_at: '2025-01-06T09:00:00.000Z',
    default_branch: world.defaultBranch,
    topics: [],
    http_url_to_repo: `${page}.git`,
    web_url: page,
    visibility: 'private',
    archived: false,
    jobs_enabled: settings.buildsAccessLevel !== 'disabled',
    builds_access_level: settings.buildsAccessLevel,
    merge_method: 'merge',
    only_allow_merge_if_pipeline_succeeds: settings.pipelinesMustSucceed,
    allow_merge_on_skipped_pipeline: settings.skippedCountsAsSuccess,
    ...(settings.statusChecksMustPass === null
      ? {}
      : { only_allow_merge_if_all_status_checks_passed: settings.statusChecksMustPass }),
  };
  return mayReadCode ? { ...basic, ci_config_path: settings.ciConfigPath } : basic;
}

/** External status checks. */
export function externalChecksTold({ externalChecks }: GitlabWorld): readonly ExternalCheckTold[] {
  const at = '2025-01-06T09:00:00.000Z';
  return externalChecks.map(({ name, branches }, index) => ({
    id: index + 1,
    name,
    project_id: 4_711,
    external_url: 'https://checks.the-block.example/',
    hmac: false,
    protected_branches: branches.map((branch, number) => ({
      id: number + 1,
      project_id: 4_711,
      name: branch,
      created_at: at,
      updated_at: at,
      code_owner_approval_required: false,
    })),
  }));
}
