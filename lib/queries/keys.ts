/*
 * Keys go from coarse to fine, so that one prefix invalidates all that a live event speaks of.
 */

/** All launches. */
export const launchesKey = ['launches'] as const;

/** The sources of the installation. */
export const sourcesKey = ['sources'] as const;

/** How specs have one of them. */
export function sourceSpecsKey(key: string) {
  return ['sources', key, 'specs'] as const;
}

/** Everything of one launch: board, items, coverage. */
export function launchKey(launch: string) {
  return ['launch', launch] as const;
}

/** The board of a launch. */
export function boardKey(launch: string) {
  return ['launch', launch, 'board'] as const;
}

/** One item of a launch. */
export function itemKey(launch: string, item: string) {
  return ['launch', launch, 'item', item] as const;
}

/** The coverage matrix of a launch. */
export function coverageKey(launch: string) {
  return ['launch', launch, 'coverage'] as const;
}

/** The CI runs of a launch. */
export function ciKey(launch: string) {
  return ['launch', launch, 'ci'] as const;
}

/** The dashboards of a launch in Grafana. */
export function dashboardsKey(launch: string) {
  return ['launch', launch, 'dashboards'] as const;
}

/** The alerts and runbooks of a launch. */
export function runbooksKey(launch: string) {
  return ['launch', launch, 'runbooks'] as const;
}

/** A runbook's text: not under the launch, since only another commit changes it. */
export function runbookTextKey(launch: string, runbook: string, commit: string | null, spec: string) {
  return ['runbook-text', launch, runbook, commit, spec] as const;
}

/** The kit of a launch. */
export function kitKey(launch: string) {
  return ['launch', launch, 'kit'] as const;
}

/** A file's text: not under the launch, since no news of its board changes it. */
export function kitTextKey(launch: string, path: string, commit: string | null, spec: string) {
  return ['kit-text', launch, path, commit, spec] as const;
}

/** What a dashboard draws: on demand, and not with each news of the board. */
export function previewKey(launch: string, dashboard: string, span: string) {
  return ['kit-preview', launch, dashboard, span] as const;
}

/** What proposing would do, for one choice: not under the launch, since it asks a vendor. */
export function proposalKey(
  launch: string,
  source: string | undefined,
  files: readonly string[] | undefined,
) {
  return ['kit-proposal', launch, source ?? null, files ?? null] as const;
}
