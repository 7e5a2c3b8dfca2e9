import { account } from './people.ts';
import { fullRepository } from './repository.ts';
import type { Places, Schemas } from './schemas.ts';
import type { GithubWorld, WorldPull } from './world.ts';

/** A pull request as lists have it. */
export function listedPull(
  world: GithubWorld,
  pull: WorldPull,
  places: Places,
): Schemas['pull-request-simple'] {
  const { api, page } = places;
  const { number, title, body, at, state } = pull;
  const url = `${api}/pulls/${number}`;
  const html = `${page}/pull/${number}`;
  const user = account('ada', 502, api.slice(0, api.indexOf('/repos/')), new URL(page).origin);
  const endOf = (ref: string) => ({
    label: `${world.owner}:${ref}`,
    ref,
    sha: world.branches.get(ref) ?? '0'.repeat(40),
    user,
    repo: wholeRepository(world, places),
  });
  const addresses = {
    comments: `${api}/issues/${number}/comments`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${world.branches.get(pull.head)}`,
    html,
    issue: `${api}/issues/${number}`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    self: url,
  };
  const link = (href: string) => ({ href });
  return {
    url,
    id: 60_000 + number,
    node_id: `PR_${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: addresses.issue,
    commits_url: addresses.commits,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    comments_url: addresses.comments,
    statuses_url: addresses.statuses,
    number,
    state: state === 'open' ? 'open' : 'closed',
    locked: false,
    title,
    user,
    body,
    labels: [],
    milestone: null,
    created_at: at,
    updated_at: at,
    closed_at: state === 'open' ? null : at,
    merged_at: state === 'merged' ? at : null,
    merge_commit_sha: null,
    assignee: null,
    head: endOf(pull.head),
    base: endOf(pull.base),
    _links: {
      comments: link(addresses.comments),
      commits: link(addresses.commits),
      statuses: link(addresses.statuses),
      html: link(html),
      issue: link(addresses.issue),
      review_comments: link(addresses.review_comments),
      review_comment: link(addresses.review_comment),
      self: link(url),
    },
    author_association: 'MEMBER',
    auto_merge: null,
    draft: false,
  };
}

/** A pull request as it is answered when it was opened. */
export function wholePull(world: GithubWorld, pull: WorldPull, places: Places): Schemas['pull-request'] {
  const { labels: _labels, requested_teams: _teams, ...listed } = listedPull(world, pull, places);
  const user = listed.user ?? account('ada', 502, places.api, new URL(places.page).origin);
  return {
    ...listed,
    state: pull.state === 'open' ? 'open' : 'closed',
    user,
    head: { ...listed.head, user },
    base: { ...listed.base, user },
    labels: [],
    merged: pull.state === 'merged',
    mergeable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: 0,
  };
}

/** The repository as it stands in pull requests: some fields fewer than asked for by itself. */
function wholeRepository(world: GithubWorld, places: Places): Schemas['repository'] {
  const {
    organization: _organization,
    parent: _parent,
    source: _source,
    template_repository: _template,
    code_of_conduct: _conduct,
    security_and_analysis: _security,
    custom_properties: _properties,
    subscribers_count: _subscribers,
    network_count: _network,
    permissions: _permissions,
    temp_clone_token: _token,
    ...repository
  } = fullRepository(world, places);
  return { ...repository, has_downloads: false };
}
