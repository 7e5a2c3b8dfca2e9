import { addressRefused, pageUrl } from '../page-address.ts';
import type { Answer } from '../repository/failure.ts';

/** Where a GitLab project is asked about. */
export interface GitlabAddress {
  /** `https://gitlab.example/api/v4/projects/group%2Fsub%2Fproject`. */
  readonly api: string;
  /** The origin of the pages that people open. */
  readonly pages: string;
  /** `group/sub/project`. */
  readonly project: string;
}

const refused = addressRefused('The GitLab project’s');

/**
 * Reads the address of a project's page: https://docs.gitlab.com/api/rest/#namespaced-paths. A GitLab that is installed
 * under a path of its host cannot be told from one with a group of that name, and is not read: the path's first part is
 * taken for a group.
 */
export function parseGitlabAddress(address: string): Answer<GitlabAddress> {
  const page = pageUrl(address, 'GitLab', refused);
  if (!page.ok) return page;
  const url = page.value;
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
    value: {
      api: `${url.origin}/api/v4/projects/${encodeURIComponent(project)}`,
      pages: url.origin,
      project,
    },
  };
}
