import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Answer, complaint, type Failed, failed } from './failure.ts';
import type { GitRun } from './git.ts';

/** Why an address may not be connected to, in words, or null when it may. `host` is the name in the URL. */
export type WhyRefused = (address: string, host: string) => string | null;

/**
 * Looks a URL's host up, judges every address it has, and pins Git to those judged ones: Git would look the name up
 * again, and could be told another address then. Redirects to other places are off.
 */
export async function reach(
  url: URL,
  whyRefused: WhyRefused,
): Promise<Answer<Pick<GitRun, 'protocols' | 'config'>>> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  let addresses: readonly string[];
  try {
    addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return failed('unreachable', `${url.host} cannot be found: no address is known for it; check the name.`);
  }
  for (const address of addresses) {
    const why = whyRefused(address, host);
    if (why) return failed('refused', `${url.host} was not asked: ${why}`);
  }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const at = addresses.map((address) => (address.includes(':') ? `[${address}]` : address)).join(',');
  const pin = isIP(host) ? [] : [`http.curloptResolve=${host}:${port}:${at}`];
  return {
    ok: true,
    value: {
      protocols: url.protocol === 'https:' ? 'https' : 'http',
      config: [...pin, 'http.lowSpeedLimit=1000', 'http.lowSpeedTime=20', 'protocol.version=2'],
    },
  };
}

/** What Git's complaint about a remote means (wording of Git 2.39's remote-curl and of libcurl, in English). */
export function explainRemote(url: URL): (stderr: string) => Failed {
  return (stderr) => {
    const at = `${url.origin}${url.pathname}`;
    const status = Number(/returned error: (\d{3})/.exec(stderr)?.[1] ?? 0);
    if (
      /Authentication failed|could not read (Username|Password)|terminal prompts disabled/i.test(stderr) ||
      status === 401 ||
      status === 403
    )
      return failed(
        'unauthorised',
        `${at} wants a sign-in, or does not exist; clone it here and give the path.`,
        status || null,
      );
    if (
      /repository '.*' not found|not valid: is this a git repository/i.test(stderr) ||
      status === 404 ||
      status === 410
    )
      return failed('not-found', `No Git repository is at ${at}; check the address.`, status || null);
    if (status === 429) return failed('rate-limited', `${at} asks us to come back later.`, status);
    if (status >= 500)
      return failed('server-error', `${at} answered ${status}: it has trouble of its own.`, status);
    if (status >= 300 && status < 400)
      return failed(
        'error-status',
        `${at} answered ${status}, a redirect, which is not followed; write the address it leads to.`,
        status,
      );
    if (status > 0)
      return failed('error-status', `${at} answered ${status}, which is no answer of Git’s.`, status);
    if (/certificate|SSL/i.test(stderr))
      return failed(
        'refused',
        `${at} shows a certificate that cannot be trusted; put its certificate right.`,
      );
    if (
      /Could not resolve|Failed to connect|Connection (refused|reset|timed out)|Operation too slow|Empty reply|early EOF|hung up|unable to access/i.test(
        stderr,
      )
    )
      return failed('unreachable', `${at} did not answer: ${complaint(stderr)}.`);
    return failed('malformed', `${at} did not answer as Git does: ${complaint(stderr)}.`);
  };
}
