import { queryOptions } from '@tanstack/react-query';
import type {
  MovedTo,
  MovePreview,
  NewHook,
  Probe,
  SourceInSpec,
  SourceKey,
  SourceReading,
  SourcesView,
  SpecChanged,
  SpecChangePreview,
} from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { getView, postVerb } from './api.ts';
import { sourceSpecsKey, sourcesKey } from './keys.ts';
import { launchPath } from './views.ts';

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

/** How each launch's spec has a source: `GET /api/sources/:key/specs`. */
export function sourceSpecsQuery(key: string) {
  return queryOptions({
    queryKey: sourceSpecsKey(key),
    queryFn: ({ signal }) =>
      getView<{ readonly specs: readonly SourceInSpec[] }>(`${sourcePath(key)}/specs`, signal),
  });
}

/** An address to try out with a token that is not kept, and the source whose checks would be read there. */
export interface AddressToTest {
  readonly kind: SourceKind;
  readonly address: string;
  readonly token: string | null;
  readonly of: { readonly key: string; readonly launches: readonly string[] } | null;
}

/** Tests an address before anything is kept: `POST /api/sources/test`. */
export function testAddress(address: AddressToTest): Promise<Probe> {
  return postVerb('/api/sources/test', address);
}

/** Says what moving a source would do: `POST /api/sources/:key/move` with `dryRun`. Changes nothing. */
export function previewMove(
  key: string,
  move: { readonly to: string; readonly launches: readonly SourceReading[] },
): Promise<MovePreview> {
  return postVerb(`${sourcePath(key)}/move`, { ...move, token: null, dryRun: true });
}

/** Moves a source for some of its launches: `POST /api/sources/:key/move`. */
export function moveSource(
  key: string,
  move: { readonly to: string; readonly launches: readonly SourceReading[]; readonly token: string | null },
): Promise<MovedTo> {
  return postVerb(`${sourcePath(key)}/move`, { ...move, dryRun: false });
}

/** A source to change in a launch's spec, or to add to it, over the version that was looked at. */
export interface SpecSourceChange {
  readonly launch: string;
  readonly over: string;
  readonly change:
    | {
        readonly add: {
          readonly id: string;
          readonly kind: SourceKind;
          readonly title: string | null;
          readonly network: string | null;
          readonly address: string;
        };
      }
    | {
        readonly edit: {
          readonly source: string;
          readonly values: { readonly [key in SourceKey]?: string | null };
        };
      };
}

/** Shows what such a change makes of the spec's text: `POST /api/launches/:id/sources` with `dryRun`. */
export function previewSpecSource({ launch, ...change }: SpecSourceChange): Promise<SpecChangePreview> {
  return postVerb(`${launchPath(launch)}/sources`, { ...change, token: null, dryRun: true });
}

/** Adopts the changed spec: `POST /api/launches/:id/sources`. A token is for a source that is added. */
export function changeSpecSource(
  { launch, ...change }: SpecSourceChange,
  token: string | null,
): Promise<SpecChanged> {
  return postVerb(`${launchPath(launch)}/sources`, { ...change, token, dryRun: false });
}

function sourcePath(key: string): string {
  return `/api/sources/${encodeURIComponent(key)}`;
}
