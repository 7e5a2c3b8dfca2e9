import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, failed } from './failure.ts';

/** Where a repository is: a folder of this machine, or a URL to copy from. */
export type RepositoryAddress =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL };

/**
 * Reads a repository source's address: a path, a `file:` URL (which is a path), an `https:` URL, or an `http:` one of
 * this machine. Git's other forms are refused: `ext::` runs commands, `ssh:` and `user@host:` want keys.
 */
export function parseAddress(address: string): Answer<RepositoryAddress> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  if (address.trim() === '' || /[\u0000-\u001f\u007f]/.test(address))
    return refused('it is empty or has control characters in it');
  if (/^[a-z][a-z0-9+.-]*::/i.test(address))
    return refused('addresses of Git’s remote helpers, such as ext::, are never used');
  if (address.startsWith('-'))
    return refused('it begins with a dash; write ./ before it if that is its name');
  if (/^[^/\\:]+@[^/\\:]+:/.test(address) || /^(ssh|git|git\+ssh|ftps?):/i.test(address))
    return refused('only https addresses and paths are read; clone it here and give the path');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address))
    return { ok: true, value: { kind: 'folder', path: resolve(address) } };
  if (!URL.canParse(address)) return refused('it is not a valid URL');
  const url = new URL(address);
  if (url.protocol === 'file:') return fromFileUrl(url);
  if (url.username !== '' || url.password !== '')
    return refused('it holds a user name or password, which would be shown; clone it here and give the path');
  if (url.protocol === 'https:') return { ok: true, value: { kind: 'url', url } };
  if (url.protocol === 'http:' && isThisMachine(url.hostname))
    return { ok: true, value: { kind: 'url', url } };
  if (url.protocol === 'http:')
    return refused('over http anyone on the way could change what is read; write https://');
  return refused('only https addresses and paths are read');
}

function fromFileUrl(url: URL): Answer<RepositoryAddress> {
  try {
    return { ok: true, value: { kind: 'folder', path: fileURLToPath(url) } };
  } catch {
    return refused('it is a file: URL of another machine');
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function refused(why: string): Answer<never> {
  return failed('refused', `The repository’s address is not used: ${why}.`);
}
