import type { Schemas } from './schemas.ts';

/** An account, with every address that GitHub gives one. */
export function account(
  login: string,
  id: number,
  apiRoot: string,
  pagesRoot: string,
): Schemas['simple-user'] {
  const url = `${apiRoot}/users/${login}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${pagesRoot}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${pagesRoot}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'Organization',
    site_admin: false,
  };
}
