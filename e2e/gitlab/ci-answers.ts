import { commitTold } from './git-answers.ts';
import type {
  BridgeTold,
  JobTold,
  PipelineTold,
  Places,
  StatusTold,
  UserTold,
  WholePipelineTold,
} from './shapes.ts';
import type { GitlabWorld, WorldJob, WorldPipeline, WorldStatus } from './world.ts';

/** A pipeline as lists have it. */
export function pipelineTold(pipeline: WorldPipeline, { page }: Places): PipelineTold {
  const { id, commit, ref, status, source, createdAt, updatedAt } = pipeline;
  return {
    id,
    iid: id % 1_000,
    project_id: 4_711,
    sha: commit,
    ref,
    status,
    source,
    created_at: createdAt,
    updated_at: updatedAt,
    web_url: `${page}/-/pipelines/${id}`,
    name: null,
  };
}

/** A pipeline as it is asked for itself. */
export function wholePipelineTold(pipeline: WorldPipeline, places: Places): WholePipelineTold {
  const { status, startedAt, finishedAt, duration, yamlErrors, id } = pipeline;
  return {
    ...pipelineTold(pipeline, places),
    before_sha: '0'.repeat(40),
    tag: false,
    yaml_errors: yamlErrors,
    user: person(places),
    started_at: startedAt,
    finished_at: finishedAt,
    committed_at: null,
    duration,
    queued_duration: 1,
    coverage: null,
    detailed_status: {
      icon: `status_${status}`,
      text: status,
      label: status,
      group: status,
      tooltip: status,
      has_details: true,
      details_path: `/the-block/core/node/-/pipelines/${id}`,
      illustration: null,
      favicon: '/assets/ci_favicons/favicon.png',
    },
  };
}

/** A job. */
export function jobTold(world: GitlabWorld, job: WorldJob, pipeline: WorldPipeline, places: Places): JobTold {
  return {
    ...shared(world, job, pipeline, places),
    ...(job.failureReason === null ? {} : { failure_reason: job.failureReason }),
    web_url: `${places.page}/-/jobs/${job.id}`,
    artifacts: [],
    artifacts_file: null,
    artifacts_expire_at: null,
    runner: null,
    tag_list: [],
    archived: false,
    project: { ci_job_token_scope_enabled: false },
  };
}

/** A job that began another pipeline. */
export function bridgeTold(
  world: GitlabWorld,
  job: WorldJob,
  pipeline: WorldPipeline,
  places: Places,
): BridgeTold {
  const child = {
    ...pipeline,
    id: job.id + 100_000,
    status: job.downstream ?? 'created',
    source: 'parent_pipeline',
  };
  return {
    ...shared(world, job, pipeline, places),
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    duration: seconds(job),
    web_url: `${places.page}/-/jobs/${job.id}`,
    downstream_pipeline: job.downstream === '' ? null : pipelineTold(child, places),
  };
}

/** What another system reported. */
export function statusTold(
  { id, commit, pipeline, name, status, at }: WorldStatus,
  places: Places,
): StatusTold {
  return {
    id,
    sha: commit,
    ref: 'main',
    status,
    name,
    target_url: 'https://ci.the-block.example/1',
    description: '',
    created_at: at,
    started_at: null,
    finished_at: at,
    allow_failure: false,
    pipeline_id: pipeline,
    author: person(places),
  };
}

function shared(world: GitlabWorld, job: WorldJob, pipeline: WorldPipeline, places: Places) {
  const commit = world.commits.get(pipeline.commit);
  if (!commit) throw new Error(`The world has no commit ${pipeline.commit}.`);
  return {
    id: job.id,
    name: job.name,
    stage: 'test',
    status: job.status,
    ref: pipeline.ref,
    tag: false,
    coverage: null,
    allow_failure: job.allowFailure,
    created_at: pipeline.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    erased_at: null,
    duration: seconds(job),
    queued_duration: 1,
    user: person(places),
    commit: commitTold(commit, places),
    pipeline: pipelineTold(pipeline, places),
  };
}

function seconds({ startedAt, finishedAt }: WorldJob): number | null {
  return startedAt === null || finishedAt === null
    ? null
    : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function person({ origin }: Places): UserTold {
  return {
    id: 17,
    username: 'ada',
    name: 'Ada',
    state: 'active',
    avatar_url: `${origin}/uploads/ada.png`,
    web_url: `${origin}/ada`,
    created_at: '2024-01-08T09:00:00.000Z',
    locked: false,
    bio: '',
    bot: false,
    location: null,
    public_email: null,
    skype: null,
    linkedin: null,
    twitter: null,
    discord: null,
    website_url: '',
    pronouns: null,
    organization: null,
    job_title: null,
    work_information: null,
    followers: 0,
    following: 0,
    local_time: null,
    is_followed: false,
  };
}
