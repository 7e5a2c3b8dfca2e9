import { readUrl, shownUrl } from './url.ts';

export type RedirectResult =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly kind: 'refused' | 'malformed'; readonly message: string };

/** True for the statuses that send a client elsewhere (RFC 9110, 15.4). */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * Where a redirect may be followed to: the same scheme, host and port, at most three times. A POST is only followed
 * where it stays a POST (307, 308). Messages go on after "… at http://… ".
 */
export function nextUrl(
  from: URL,
  location: string | undefined,
  status: number,
  method: string,
  hops: number,
): RedirectResult {
  if (location === undefined || !URL.canParse(location, from)) {
    return { ok: false, kind: 'malformed', message: `answered ${status} without saying where to go.` };
  }
  const target = new URL(location, from);
  target.hash = '';
  const shown = shownUrl(target);
  if (target.origin !== from.origin) {
    const upgrade = target.protocol === 'https:' && target.hostname === from.hostname;
    const advice = upgrade
      ? 'give the source that address'
      : 'if that is right, give the source that address';
    return {
      ok: false,
      kind: 'refused',
      message: `redirects to ${shown}, another host or port, which is not followed: ${advice}.`,
    };
  }
  const read = readUrl(target.href);
  if (!read.ok)
    return {
      ok: false,
      kind: 'refused',
      message: `redirects to an address that is refused. ${read.message}`,
    };
  if (method === 'POST' && status !== 307 && status !== 308) {
    return {
      ok: false,
      kind: 'refused',
      message: `redirects a POST to ${shown}: give the source that address.`,
    };
  }
  if (hops >= 3) {
    return {
      ok: false,
      kind: 'refused',
      message: `redirects more than 3 times, last to ${shown}: give the final address.`,
    };
  }
  return { ok: true, url: target };
}
