import type { SourceKind } from './spec.ts';
import type { SourceView } from './view.ts';

/** All physical sources of an installation, as Settings shows them. */
export interface SourcesView {
  readonly at: string;
  readonly sources: readonly SourceSetting[];
  /** Those whose spec a source can be added to. */
  readonly launches: readonly SpecToChange[];
}

/** A launch with the version of its spec that a change is made over. */
export interface SpecToChange {
  readonly launch: string;
  readonly title: string;
  /** The spec's digest. */
  readonly spec: string;
  readonly networks: readonly { readonly id: string; readonly title: string }[];
}

/** One physical source: asked once, whatever launches read it. */
export interface SourceSetting {
  readonly key: string;
  readonly kind: SourceKind;
  /** As its launches call it. */
  readonly title: string;
  readonly address: string;
  readonly networks: readonly string[];
  readonly launches: readonly (SourceReading & { readonly title: string })[];
  /** Items with a check that reads it. */
  readonly items: number;
  readonly health: SourceView['health'];
  readonly lastAnsweredAt: string | null;
  readonly silentSince: string | null;
  readonly nextTryAt: string | null;
  /** Before this it asked not to be asked; null where it did not, or that is over. */
  readonly quietUntil: string | null;
  readonly message: string | null;
  readonly disabledAt: string | null;
  /** The one origin that a token of it is sent to; null for a kind that takes none. */
  readonly tokenOrigin: string | null;
  /** When the token was set that is held for it; null for none. A token itself is never shown again. */
  readonly tokenSetAt: string | null;
  /** Its webhook; null for a kind that sends none. */
  readonly hook: HookSetting | null;
}

/** A source's webhook: by it the vendor says that there is news. Its secret is shown once, when it is set up. */
export interface HookSetting {
  /** Where deliveries go, on this server. */
  readonly path: string;
  /** Null while none is set up. */
  readonly setAt: string | null;
  /** When the last genuine delivery came; null for none since it was set up. */
  readonly lastAt: string | null;
}

/** The secret of a webhook, in the one answer that ever holds it. */
export interface NewHook {
  readonly secret: string;
}

/** One thing that a test of a connection tried. */
export interface ProbePart {
  readonly name: string;
  readonly state: 'found' | 'missing' | 'trouble' | 'not-tried';
  readonly says: string;
  readonly tookMs: number | null;
}

/** What a test of a connection found. */
export interface Probe {
  readonly testedAt: string;
  readonly parts: readonly ProbePart[];
  /** What it means, and what to do; null where all is well. */
  readonly note: string | null;
}

/**
 * The one origin that a source's token is sent to; null for a kind that takes none, or an address that is no URL.
 * GitHub's own API has a host of its own, as has that of data residency (`*.ghe.com`); an Enterprise Server's is on
 * the server's.
 */
export function tokenOriginOf(kind: SourceKind, address: string): string | null {
  if (kind === 'repository' || !URL.canParse(address)) return null;
  const { origin, hostname, protocol, host } = new URL(address);
  if (kind === 'github' && (hostname === 'github.com' || hostname === 'www.github.com'))
    return 'https://api.github.com';
  if (kind === 'github' && hostname.endsWith('.ghe.com')) return `${protocol}//api.${host}`;
  return origin;
}

/** Whether a source of this kind can say by webhook that there is news. */
export function takesHook(kind: SourceKind): kind is 'github' | 'gitlab' {
  return kind === 'github' || kind === 'gitlab';
}

/** A launch that reads a source, by the version of its spec that says so. */
export interface SourceReading {
  readonly launch: string;
  /** The source's id in that spec. */
  readonly source: string;
  /** The spec's digest as it was looked at: what was changed meanwhile is not changed unseen. */
  readonly spec: string;
}

/** What moving a source to another address does, before it is done. */
export interface MovePreview {
  readonly from: string;
  readonly to: string;
  readonly launches: readonly MoveReader[];
  /** What it means, a sentence each, the weightiest first. */
  readonly says: readonly string[];
}

/** One of the launches for which a source is moved, and what rests on it there. */
export interface MoveReader extends SourceReading {
  readonly title: string;
  readonly blockers: readonly { readonly id: string; readonly title: string }[];
  /** Items that are no blockers. */
  readonly others: number;
}

/** What moving a source came to. */
export interface MovedTo {
  /** The physical source that is read now. */
  readonly key: string;
  readonly launches: number;
}

/** How a launch's spec has a source: what it says of it, and where. */
export interface SourceInSpec extends SpecToChange {
  /** The source's id. */
  readonly source: string;
  /** Where the spec's text came from. */
  readonly name: string;
  /** One-based line of the source; null where it is not written out there. */
  readonly line: number | null;
  /** As it is written. */
  readonly text: string;
  /** The spec's own address; this installation may read it elsewhere. */
  readonly address: string;
  readonly values: readonly SourceValue[];
}

/** One thing that a spec says of a source and that may be changed there. */
export interface SourceValue {
  readonly key: SourceKey;
  /** As written; null where the default holds. */
  readonly written: string | null;
  /** What holds. */
  readonly holds: string;
}

export const sourceKeys = ['title', 'network', 'every', 'timeout'] as const;
export type SourceKey = (typeof sourceKeys)[number];

/** What a change of a spec's sources comes to, before it is adopted. */
export interface SpecChangePreview {
  readonly name: string;
  readonly before: string;
  readonly text: string;
  /** What it changes and what that means, a sentence each. */
  readonly says: readonly string[];
  /** What to write under a track's `items` so that a check reads it; null for a source that was there before. */
  readonly snippet: string | null;
}

/** What adopting such a change came to. */
export interface SpecChanged extends SpecChangePreview {
  /** The physical source that the changed one is. */
  readonly key: string;
}
