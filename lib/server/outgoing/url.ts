import { isIPv4 } from 'node:net';

export type UrlResult =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a source's URL strictly: http or https, no name or password in it, and no address in disguise (decimal,
 * octal, hexadecimal, percent-encoded or full-width digits, which a URL parser would quietly turn into an address).
 */
export function readUrl(text: string): UrlResult {
  const parts = /^(https?):\/\/([^/?#]*)/i.exec(text);
  if (!parts) return { ok: false, message: 'The address must begin with http:// or https://.' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  if (/[\u0000-\u0020\u007f\\]/.test(text)) {
    return {
      ok: false,
      message: 'The address holds a space, a control character or a backslash: remove it.',
    };
  }
  const authority = parts[2] ?? '';
  if (authority.includes('@')) {
    return { ok: false, message: 'The address holds a user name or an @ before the host: remove it.' };
  }
  if (!URL.canParse(text))
    return { ok: false, message: 'The address is not a valid URL: check the host and port.' };
  const url = new URL(text);
  const host = authority.replace(/:\d*$/, '').toLowerCase();
  if (isIPv4(url.hostname) && url.hostname !== host) {
    return {
      ok: false,
      message: `The host “${host}” is another way of writing ${url.hostname}: write that.`,
    };
  }
  return { ok: true, url };
}

/** A URL as messages show it: without query and fragment, where tokens hide. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
}
