import { addressRefused, pageUrl } from '../page-address.ts';
import type { Answer } from '../repository/failure.ts';

/** Where a GitHub repository is asked about. */
export interface GithubAddress {
  /** `https://api.github.com`, or of an Enterprise Server `https://ghe.example/api/v3`. */
  readonly api: string;
  /** Of the pages that people open. */
  readonly pages: string;
  readonly owner: string;
  readonly repo: string;
}

const refused = addressRefused('The GitHub repository’s');

/**
 * Reads the address of a repository's page. The API is beside it: https://docs.github.com/rest/using-the-rest-api and
 * for Enterprise Server `/api/v3`; data residency (`*.ghe.com`) has it on the host `api.` before its own.
 */
export function parseGithubAddress(address: string): Answer<GithubAddress> {
  const page = pageUrl(address, 'GitHub', refused);
  if (!page.ok) return page;
  const url = page.value;
  const parts = url.pathname.replace(/\/$/, '').split('/').slice(1);
  const [owner = '', name = ''] = parts;
  const repo = name.replace(/\.git$/, '');
  if (parts.length !== 2 || !/^[\w-]+$/.test(owner) || !/^[\w.-]+$/.test(repo) || /^\.{1,2}$/.test(repo))
    return refused('it is not that of a repository’s page, such as https://github.com/owner/repository');
  return { ok: true, value: { api: apiOf(url), pages: url.origin, owner, repo } };
}

function apiOf({ hostname, origin, protocol, port }: URL): string {
  if (hostname === 'github.com' || hostname === 'www.github.com') return 'https://api.github.com';
  if (hostname.endsWith('.ghe.com')) return `${protocol}//api.${hostname}${port === '' ? '' : `:${port}`}`;
  return `${origin}/api/v3`;
}
