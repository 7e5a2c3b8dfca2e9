import { queryOptions } from '@tanstack/react-query';
import type { NewHook, Probe, SourcesView } from '#lib/domain/source-settings.ts';
import { getView, postVerb } from './api.ts';
import { sourcesKey } from './keys.ts';

/** `GET /api/sources`, every five seconds: no launch's news tells of all of them. */
export function sourcesQuery() {
  return queryOptions({
    queryKey: sourcesKey,
    queryFn: ({ signal }) => getView<SourcesView>('/api/sources', signal),
    refetchInterval: 5000,
  });
}

/** Tests a source's connection: `POST /api/sources/:key/test`. Keeps nothing. */
export function testSource(key: string): Promise<Probe> {
  return postVerb(`${sourcePath(key)}/test`, {});
}

/** Keeps a token for a source, or removes it: `POST /api/sources/:key/token`. */
export function setSourceToken(
  key: string,
  token: string | null,
): Promise<{ readonly tokenSetAt: string | null }> {
  return postVerb(`${sourcePath(key)}/token`, { token });
}

/** Switches a source off or on: `POST /api/sources/:key/switch`. */
export function switchSource(key: string, to: 'on' | 'off'): Promise<{ readonly disabledAt: string | null }> {
  return postVerb(`${sourcePath(key)}/switch`, { to });
}

/** Sets up a source's webhook with a new secret, in place of the one before: `POST /api/sources/:key/hook`. */
export function setSourceHook(key: string): Promise<NewHook> {
  return postVerb(`${sourcePath(key)}/hook`, { to: 'new' });
}

/** Removes a source's webhook: `POST /api/sources/:key/hook`. */
export function removeSourceHook(key: string): Promise<{ readonly removed: boolean }> {
  return postVerb(`${sourcePath(key)}/hook`, { to: 'none' });
}

function sourcePath(key: string): string {
  return `/api/sources/${encodeURIComponent(key)}`;
}
