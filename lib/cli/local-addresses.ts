import { dirname, resolve } from 'node:path';
import type { Spec } from '#lib/domain/spec.ts';

/**
 * Where repositories are that a command line or a spec's file names by a relative path: one on the command line from
 * the folder that it was typed in, one in the file from the file's folder. Other addresses are as they were.
 */
export function localAddresses(
  spec: Spec,
  file: string,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const repositories = spec.sources.filter(({ kind }) => kind === 'repository');
  const found = repositories.flatMap(({ id, address }): [string, string][] => {
    const named = Object.hasOwn(given, id) ? given[id] : undefined;
    if (named !== undefined) return [[id, isPath(named) ? resolve(named) : named]];
    return isPath(address) && resolve(address) !== address ? [[id, resolve(dirname(file), address)]] : [];
  });
  return { ...given, ...Object.fromEntries(found) };
}

/** Neither a URL nor one of the forms that Git knows besides, which the repository's reader refuses by name. */
function isPath(address: string): boolean {
  return !/^-|^[a-z][a-z0-9+.-]*:|^[^/\\]*@[^/\\]*:/i.test(address);
}
