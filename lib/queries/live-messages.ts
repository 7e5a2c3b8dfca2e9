import type { BoardReadings } from '#lib/domain/view.ts';

/*
 * What the live stream says, and what tabs and their shared worker say to each other.
 */

/** News of a launch. `board`: its board changed. `seen`: sources were read again, and no more than readings moved. */
export type LiveNews =
  | { readonly kind: 'board'; readonly launch: string; readonly version: number }
  | { readonly kind: 'seen'; readonly launch: string; readonly readings: BoardReadings };

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
  if (event === 'seen' && isReadings(value)) return { kind: 'seen', launch: value.launch, readings: value };
  return null;
}

/** What it holds is trusted where its parts are there: it comes from the same build of the same server. */
function isReadings(value: object): value is BoardReadings {
  const told = value as { readonly [Key in keyof BoardReadings]?: unknown };
  const words = [told.launch, told.after, told.storedAt];
  return (
    words.every((word) => typeof word === 'string') &&
    typeof told.version === 'number' &&
    Array.isArray(told.rows) &&
    Array.isArray(told.sources)
  );
}

function parse(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
