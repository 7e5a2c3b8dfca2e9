import { account } from './people.ts';
import type { Places, Schemas } from './schemas.ts';
import type { GithubWorld } from './world.ts';

/** The repository as it stands in runs and statuses. */
export function minimalRepository(world: GithubWorld, { api, page }: Places): Schemas['minimal-repository'] {
  const apiRoot = api.slice(0, api.indexOf('/repos/'));
  return {
    id: 7_001,
    node_id: 'R_7001',
    name: world.repo,
    full_name: `${world.owner}/${world.repo}`,
    owner: account(world.owner, 501, apiRoot, new URL(page).origin),
    private: true,
    html_url: page,
    description: null,
    fork: false,
    url: api,
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
    hooks_url: `${api}/hooks`,
  };
}

/** The repository as it is asked for itself. */
export function fullRepository(world: GithubWorld, places: Places): Schemas['full-repository'] {
  const minimal = minimalRepository(world, places);
  const at = '2025-01-06T09:00:00Z';
  const clone = `${places.page}.git`;
  const {
    license: _license,
    code_of_conduct: _conduct,
    security_and_analysis: _security,
    ...shared
  } = minimal;
  const { temp_clone_token: _token, permissions: _permissions, ...plain } = shared;
  return {
    ...plain,
    description: null,
    permissions: { admin: false, push: false, pull: true },
    git_url: clone,
    ssh_url: `git@the-block.example:${world.owner}/${world.repo}.git`,
    clone_url: clone,
    svn_url: places.page,
    mirror_url: null,
    homepage: null,
    language: 'Rust',
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 1_024,
    default_branch: world.defaultBranch,
    open_issues_count: 0,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    pushed_at: at,
    created_at: at,
    updated_at: at,
    subscribers_count: 0,
    network_count: 0,
    license: null,
    forks: 0,
    open_issues: 0,
    watchers: 0,
  };
}
