/**
 * Events whose runs test the very commit they stand on, by GitHub's names and GitLab's pipeline sources. Not among them:
 * `pull_request` and its kin (the commit is the pull request's head, and what runs is its merge with a base that moves),
 * `pull_request_target` and `workflow_run` (they run another commit's file), and `merge_request_event` (its rules may
 * choose other jobs than a push gets).
 * @see https://docs.github.com/en/actions/reference/events-that-trigger-workflows
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
 */
const testsItsCommit: ReadonlySet<string> = new Set([
  'push',
  'merge_group',
  'workflow_dispatch',
  'repository_dispatch',
  'schedule',
  'release',
  'create',
  'api',
  'chat',
  'pipeline',
  'trigger',
  'web',
  'webide',
]);

/** Whether a run for this event counts: by the spec's own list, else by whether it tests the commit it stands on. */
export function eventCounts(event: string, wanted: readonly string[] | null): boolean {
  return wanted === null ? testsItsCommit.has(event) : wanted.includes(event);
}
