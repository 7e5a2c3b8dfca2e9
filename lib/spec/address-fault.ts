import type { SourceKind } from '#lib/domain/spec.ts';

/** What is wrong with an address, and what to write instead. */
export interface AddressFault {
  readonly message: string;
  readonly remedy: string;
}

/** Why a source of this kind is not asked at an address, whoever named it; null when it may be. */
export function addressFault(kind: SourceKind, address: string): AddressFault | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return kind === 'repository' ? pathFault(address) : noScheme(address);
  const allowed = kind === 'repository' ? ['https', 'http', 'file'] : ['https', 'http'];
  if (!allowed.includes(scheme)) {
    const remedy =
      kind === 'repository'
        ? 'Write an https address, or clone it and give the path.'
        : 'Write http:// or https://.';
    return { message: `\`${scheme}\` addresses are not read.`, remedy };
  }
  if (!URL.canParse(address))
    return { message: 'This is not a valid URL.', remedy: 'Look at host, port and brackets.' };
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    const message =
      'The address holds a user name or password, which everybody who reads the spec would see.';
    return { message, remedy: 'Remove it: secrets are given to the installation, not written in a spec.' };
  }
  if (kind !== 'repository' && (url.hash !== '' || url.search !== '')) {
    return {
      message: 'A source has an address without `?` and `#`.',
      remedy: 'Write only host, port and path.',
    };
  }
  if (kind === 'github') return githubFault(url);
  return kind === 'gitlab' ? gitlabFault(url) : null;
}

/**
 * GitLab is asked about one project: its page is `https://host/group/project`, with any number of groups. A GitLab
 * under a path of its host cannot be told from one with a group of that name; it is not read.
 */
function gitlabFault({ protocol, hostname, host, pathname }: URL): AddressFault | null {
  if (protocol === 'http:' && !isHere(hostname))
    return { message: 'GitLab is asked over https alone.', remedy: 'Write https://.' };
  const parts = pathname.replace(/\/$/, '').split('/').slice(1);
  const dash = parts.indexOf('-');
  if (dash > 1) {
    const remedy = `Write \`${protocol}//${host}/${parts.slice(0, dash).join('/')}\`.`;
    return { message: 'This is a page within a project on GitLab, not the project’s own.', remedy };
  }
  if (parts.length >= 2 && parts.length <= 21 && parts.every((part) => /^[\w.][\w.-]*$/.test(part)))
    return null;
  return {
    message: 'This is not the page of a project on GitLab.',
    remedy: `Write \`${protocol}//${host}/group/project\`.`,
  };
}

/** This machine by its own names, where nothing is sent over a wire. */
function isHere(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** GitHub is asked about one repository: its page is `https://host/owner/repository`, and a token goes over https alone. */
function githubFault({ protocol, hostname, pathname }: URL): AddressFault | null {
  if (protocol === 'http:' && !isHere(hostname))
    return { message: 'GitHub is asked over https alone.', remedy: 'Write https://.' };
  const host = hostname === 'api.github.com' ? 'github.com' : hostname;
  const parts = pathname.replace(/\/$/, '').split('/').slice(1);
  if (
    parts.length === 2 &&
    hostname === host &&
    /^[\w-]+$/.test(parts[0] ?? '') &&
    /^[\w.-]+$/.test(parts[1] ?? '')
  )
    return null;
  return {
    message: 'This is not the page of a repository on GitHub.',
    remedy: `Write \`https://${host}/owner/repository\`.`,
  };
}

function noScheme(address: string): AddressFault {
  const remedy = /^[\w.-]+(:\d+)?(\/|$)/.test(address)
    ? `Write \`http://${address}\` or \`https://${address}\`.`
    : 'Write it as `http://host:port`.';
  return { message: `\`${address.slice(0, 80)}\` is not a URL.`, remedy };
}

function pathFault(address: string): AddressFault | null {
  if (address.startsWith('-')) {
    return { message: 'A path that begins with a dash is not read.', remedy: `Write \`./${address}\`.` };
  }
  if (/^[a-z][a-z0-9+.-]*::/i.test(address) || /^[^/\\:]+@[^/\\:]+:/.test(address)) {
    return {
      message: 'Only https addresses and paths are read.',
      remedy: 'Write the https address, or clone the repository and give the path.',
    };
  }
  return null;
}
