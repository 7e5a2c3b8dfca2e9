import type { Query, QueryClient } from '@tanstack/react-query';
import { launchesKey, launchKey } from './keys.ts';
import type { LiveNews } from './live-messages.ts';

type BoardNews = Extract<LiveNews, { kind: 'board' }>;

interface Follower {
  readonly news: (news: BoardNews) => void;
  readonly close: () => void;
}

/**
 * Keeps a page's data as new as the news. Only queries that hold an older version are invalidated, so that a stream
 * which comes back may say all it has, and costs nothing where nothing was missed. Data that arrives already old (an
 * answer overtaken by news, a page from the router's cache) is asked for once more.
 */
export function followNews(client: QueryClient): Follower {
  const newest = new Map<string, number>();
  const askedAgain = new Map<string, number>();

  const unsubscribe = client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'added' && type !== 'updated') return;
    if (query.state.data === undefined || query.state.fetchStatus !== 'idle') return;
    if (query.state.isInvalidated || query.state.error) return;
    for (const [launch, version] of newest) {
      if (!isOlder(query, launch, version) || askedAgain.get(query.queryHash) === version) continue;
      askedAgain.set(query.queryHash, version);
      queueMicrotask(() => void client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
    }
  });

  return {
    news: ({ launch, version }) => {
      newest.set(launch, Math.max(version, newest.get(launch) ?? 0));
      const predicate = (query: Query): boolean => isOlder(query, launch, version);
      void client.invalidateQueries({ queryKey: launchKey(launch), predicate });
      void client.invalidateQueries({ queryKey: launchesKey, predicate });
    },
    close: unsubscribe,
  };
}

function isOlder(query: Query, launch: string, version: number): boolean {
  const held = heldVersion(query.state.data, launch);
  const speaksOfIt = query.queryKey[0] === launchesKey[0] || query.queryKey[1] === launch;
  return speaksOfIt && (held === null || held < version);
}

/** The version of a launch that a view-model was made from; null when it holds none. */
export function heldVersion(data: unknown, launch: string): number | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('launches' in data && Array.isArray(data.launches)) {
    return versionOf(data.launches.find((row: { id?: unknown } | null) => row?.id === launch));
  }
  return 'launch' in data ? versionOf(data.launch) : null;
}

function versionOf(head: unknown): number | null {
  if (typeof head !== 'object' || head === null || !('version' in head)) return null;
  return typeof head.version === 'number' ? head.version : null;
}
