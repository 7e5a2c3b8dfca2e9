/*
 * What the live stream says, and what tabs and their shared worker say to each other.
 */

/** News of a launch. `board`: its board changed. `seen`: sources were read again and said the same. */
export type LiveNews =
  | { readonly kind: 'board'; readonly launch: string; readonly version: number }
  | {
      readonly kind: 'seen';
      readonly launch: string;
      /** Source id to the instant of its last answer. */
      readonly sources: Readonly<Record<string, string>>;
    };

/** How the stream is. Instants are epoch milliseconds. */
export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'behind'; readonly sinceMs: number; readonly retryAtMs: number };

/** From the worker to a tab. */
export type ToTab =
  | { readonly kind: 'news'; readonly news: LiveNews }
  | { readonly kind: 'state'; readonly state: LiveState };

/** From a tab to the worker. */
export type ToWorker = 'hello' | 'bye' | 'retry';

/** Reads one event of `GET /api/events`; null for what this build does not know. */
export function readNews(event: string, data: string): LiveNews | null {
  const value = parse(data);
  if (value === null || typeof value.launch !== 'string') return null;
  if (event === 'board') {
    if (typeof value.version !== 'number') return null;
    return { kind: 'board', launch: value.launch, version: value.version };
  }
  if (event === 'seen') {
    const { sources } = value;
    if (typeof sources !== 'object' || sources === null) return null;
    const instants = Object.entries(sources).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return { kind: 'seen', launch: value.launch, sources: Object.fromEntries(instants) };
  }
  return null;
}

function parse(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
