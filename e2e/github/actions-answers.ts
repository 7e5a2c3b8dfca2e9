import { minimalRepository } from './repository.ts';
import type { Places, Schemas } from './schemas.ts';
import type { GithubWorld, WorldJob, WorldRun, WorldWorkflow } from './world.ts';

export function workflowAnswer(
  { id, name, path, state }: WorldWorkflow,
  { api, page }: Places,
): Schemas['workflow'] {
  const at = '2025-01-06T09:00:00.000Z';
  return {
    id,
    node_id: `W_${id}`,
    name,
    path,
    state,
    created_at: at,
    updated_at: at,
    url: `${api}/actions/workflows/${id}`,
    html_url: `${page}/blob/main/${path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

export function runAnswer(world: GithubWorld, run: WorldRun, places: Places): Schemas['workflow-run'] {
  const { api, page } = places;
  const url = `${api}/actions/runs/${run.id}`;
  const workflow = world.workflows.find(({ id }) => id === run.workflow);
  const commit = world.commits.get(run.commit);
  const repository = minimalRepository(world, places);
  return {
    id: run.id,
    name: workflow?.name ?? null,
    node_id: `WFR_${run.id}`,
    check_suite_id: run.id + 1,
    check_suite_node_id: `CS_${run.id + 1}`,
    head_branch: run.branch,
    head_sha: run.commit,
    path: workflow?.path ?? '',
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow,
    url,
    html_url: `${page}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.startedAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.id + 1}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow}`,
    head_commit: commit
      ? {
          id: commit.sha,
          tree_id: commit.tree,
          message: commit.message,
          timestamp: commit.at,
          author: { name: 'Ada', email: 'ada@the-block.example' },
          committer: { name: 'Ada', email: 'ada@the-block.example' },
        }
      : null,
    repository,
    head_repository: repository,
    display_title: commit?.message.split('\n')[0] ?? '',
  };
}

export function jobAnswer(
  world: GithubWorld,
  run: WorldRun,
  attempt: number,
  job: WorldJob,
  index: number,
  { api, page }: Places,
): Schemas['job'] {
  const id = run.id * 1_000 + attempt * 100 + index;
  return {
    id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: attempt,
    node_id: `J_${id}`,
    head_sha: run.commit,
    url: `${api}/actions/jobs/${id}`,
    html_url: `${page}/actions/runs/${run.id}/job/${id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${id}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'runner-1',
    runner_group_id: 1,
    runner_group_name: 'Default',
    workflow_name: world.workflows.find((one) => one.id === run.workflow)?.name ?? null,
    head_branch: run.branch,
  };
}
