import { type Answer, failed } from '../repository/failure.ts';

/** Where a GitLab project is asked about. */
export interface GitlabAddress {
  /** `https://gitlab.example/api/v4/projects/group%2Fsub%2Fproject`. */
  readonly api: string;
  /** The origin of the pages that people open. */
  readonly pages: string;
  /** `group/sub/project`. */
  readonly project: string;
}

/**
 * Reads the address of a project's page: https://docs.gitlab.com/api/rest/#namespaced-paths. A GitLab that is installed
 * under a path of its host cannot be told from one with a group of that name, and is not read: the path's first part is
 * taken for a group.
 */
export function parseGitlabAddress(address: string): Answer<GitlabAddress> {
  if (!URL.canParse(address)) return refused('it is not a valid URL');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return refused('it holds a user name or password');
  if (url.search !== '' || url.hash !== '') return refused('it goes on after ? or #');
  const { hostname, protocol, origin } = url;
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    return refused('only https is spoken to GitLab; write https://');
  const project = url.pathname
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
  const parts = project.split('/');
  if (parts.includes('-'))
    return refused('it goes on after the project’s page; leave out /-/ and what follows');
  // Names: https://docs.gitlab.com/user/reserved_names/. A dot alone or two would leave the path.
  if (
    parts.length < 2 ||
    parts.length > 21 ||
    !parts.every((part) => /^[\w.][\w.-]*$/.test(part) && !/^\.+$/.test(part))
  )
    return refused('it is not that of a project’s page, such as https://gitlab.com/group/project');
  return {
    ok: true,
    value: { api: `${origin}/api/v4/projects/${encodeURIComponent(project)}`, pages: origin, project },
  };
}

function refused(why: string): Answer<never> {
  return failed('refused', `The GitLab project’s address is not used: ${why}.`);
}
