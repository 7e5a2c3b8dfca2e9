import type { Route } from './request.ts';

/** The fine-grained permission that each request needs: https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
export const permissionFor: Readonly<Record<Route, string>> = {
  repository: 'Metadata: read',
  commits: 'Contents: read',
  gitRef: 'Contents: read',
  gitTag: 'Contents: read',
  gitCommit: 'Contents: read',
  gitTree: 'Contents: read',
  gitBlob: 'Contents: read',
  workflows: 'Actions: read',
  workflow: 'Actions: read',
  runs: 'Actions: read',
  jobs: 'Actions: read',
  rules: 'Metadata: read',
  branch: 'Contents: read',
  requiredChecks: 'Administration: read',
  checkRuns: 'Checks: read',
  statuses: 'Commit statuses: read',
  pulls: 'Pull requests: read',
  createBlob: 'Contents: write',
  createTree: 'Contents: write',
  createCommit: 'Contents: write',
  createRef: 'Contents: write',
  createPull: 'Pull requests: write',
};

/**
 * The permission as GitHub itself names it in `x-accepted-github-permissions` (`actions=read,contents=read;
 * administration=read`: all of a set, or any of several), else the one known for the request.
 */
export function permissionNeeded(route: Route, headers: Readonly<Record<string, string>>): string {
  const accepted = headers['x-accepted-github-permissions'] ?? '';
  const sets = accepted
    .slice(0, 500)
    .split(';')
    .map((set) => set.split(',').flatMap((one) => worded(one.trim())))
    .filter((set) => set.length > 0)
    .map((set) => set.join(' and '));
  return sets.length > 0 ? sets.join(' or ') : permissionFor[route];
}

function worded(pair: string): string[] {
  const [, name = '', access = ''] = /^([a-z][a-z_]{1,40})=(read|write|admin)$/.exec(pair) ?? [];
  if (name === '') return [];
  // GitHub's pages call `statuses` by a longer name.
  const title = name === 'statuses' ? 'commit statuses' : name.replaceAll('_', ' ');
  return [`${title.charAt(0).toUpperCase()}${title.slice(1)}: ${access}`];
}
