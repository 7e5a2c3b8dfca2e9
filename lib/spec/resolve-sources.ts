import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';

/** How often a source is asked where nothing is said: a scrape for what is live, a minute for a repository. */
const everyMs: Readonly<Record<SourceKind, number>> = {
  prometheus: 15_000,
  endpoint: 15_000,
  repository: 60_000,
};

/** Sources with defaults filled in; says what is wrong with addresses and networks. */
export function resolveSources(reading: Reading, draft: Draft): SourceSpec[] {
  for (const id of draft.sources.names.names) {
    sayUnknown(reading, ['sources', id, 'network'], draft.networks.names);
  }
  return [...draft.sources.entries].map(([id, entry]) => {
    const wrong = addressFault(entry.kind, entry.address);
    if (wrong) reading.faults.add(['sources', id, 'address'], wrong.message, wrong.remedy);
    if (entry.buildInfo && entry.kind !== 'prometheus') {
      const message = `Only a prometheus source tells the build by a metric; this is a ${entry.kind}.`;
      reading.faults.add(['sources', id, 'buildInfo'], message, 'Remove it.', 'key');
    }
    return {
      id,
      title: entry.title ?? id,
      kind: entry.kind,
      network: entry.network ?? null,
      address: entry.address,
      everyMs: entry.every ?? draft.defaults.every ?? everyMs[entry.kind],
      timeoutMs: entry.timeout ?? draft.defaults.timeout ?? 10_000,
      buildInfo: entry.buildInfo ?? null,
    };
  });
}

interface Wrong {
  readonly message: string;
  readonly remedy: string;
}

function addressFault(kind: SourceKind, address: string): Wrong | null {
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
  return null;
}

function noScheme(address: string): Wrong {
  const remedy = /^[\w.-]+(:\d+)?(\/|$)/.test(address)
    ? `Write \`http://${address}\` or \`https://${address}\`.`
    : 'Write it as `http://host:port`.';
  return { message: `\`${address.slice(0, 80)}\` is not a URL.`, remedy };
}

function pathFault(address: string): Wrong | null {
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
