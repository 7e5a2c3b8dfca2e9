import type { Query, QueryClient } from '@tanstack/react-query';
import type { BoardReadings, BoardView, LaunchesView } from '#lib/domain/view.ts';
import { boardKey, coverageKey, itemKey, launchesKey, launchKey } from './keys.ts';
import type { LiveNews } from './live-messages.ts';
import { joinReadings, readingsFit, withReadings } from './readings.ts';

interface Follower {
  readonly news: (news: LiveNews) => void;
  readonly close: () => void;
}

/**
 * Keeps a page's data as new as the news. Only queries that hold an older version are invalidated: a stream that comes
 * back may say all it has, at no cost where nothing was missed. Readings are put into the board without a request. Data
 * that arrives old already (overtaken by news, or from the router's cache) gets the same, or is asked for once more.
 */
export function followNews(client: QueryClient): Follower {
  const newest = new Map<string, number>();
  const readings = new Map<string, BoardReadings>();
  const askedAgain = new Map<string, string>();

  const askOnce = (query: Query, why: string): void => {
    if (askedAgain.get(query.queryHash) === why) return;
    askedAgain.set(query.queryHash, why);
    queueMicrotask(() => void client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
  };

  const readAgain = (launch: string): void => {
    const told = readings.get(launch);
    const query = client.getQueryCache().find({ queryKey: boardKey(launch) });
    const board = query?.state.data as BoardView | undefined;
    if (!told || !query || !board) return;
    const fit = readingsFit(board, told);
    if (fit === 'next') client.setQueryData(boardKey(launch), withReadings(board, told));
    if (fit === 'missed' && query.state.fetchStatus === 'idle') askOnce(query, told.storedAt);
  };

  const unsubscribe = client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'added' && type !== 'updated') return;
    if (query.state.data === undefined || query.state.fetchStatus !== 'idle') return;
    if (query.state.isInvalidated || query.state.error) return;
    for (const [launch, version] of newest) {
      if (isOlder(query, launch, version)) askOnce(query, String(version));
    }
    for (const launch of readings.keys()) {
      if (isBoardOf(query, launch)) queueMicrotask(() => readAgain(launch));
    }
  });

  return {
    news: (news) => {
      const { launch } = news;
      if (news.kind === 'board') {
        const { version } = news;
        newest.set(launch, Math.max(version, newest.get(launch) ?? 0));
        const predicate = (query: Query): boolean => isOlder(query, launch, version);
        void client.invalidateQueries({ queryKey: launchKey(launch), predicate });
        void client.invalidateQueries({ queryKey: launchesKey, predicate });
        return;
      }
      readings.set(launch, joinReadings(readings.get(launch), news.readings));
      readAgain(launch);
      keepTimes(client, news.readings);
      askForValues(client, news.readings);
    },
    close: unsubscribe,
  };
}

/** Evidence that was seen again holds longer: the other views of the launch are due later, too. */
function keepTimes(client: QueryClient, { launch, version, changesAt }: BoardReadings): void {
  client.setQueriesData<{ changesAt: string | null }>({ queryKey: launchKey(launch) }, (view) =>
    view && heldVersion(view, launch) === version && !('storedAt' in view) ? { ...view, changesAt } : view,
  );
  client.setQueryData<LaunchesView>(launchesKey, (view) => {
    if (!view || heldVersion(view, launch) !== version) return view;
    const launches = view.launches.map((row) => (row.id === launch ? { ...row, changesAt } : row));
    const changes = launches.flatMap((row) => row.changesAt ?? []).sort();
    return { ...view, launches, changesAt: changes[0] ?? null };
  });
}

/** An open item, or an open matrix, shows the values themselves: it asks for those that moved. */
function askForValues(client: QueryClient, { launch, rows }: BoardReadings): void {
  for (const { id } of rows) void client.invalidateQueries({ queryKey: itemKey(launch, id) });
  if (rows.length > 0) void client.invalidateQueries({ queryKey: coverageKey(launch) });
}

function isBoardOf({ queryKey: [, launch, view] }: Query, id: string): boolean {
  return launch === id && view === 'board';
}

function isOlder(query: Query, launch: string, version: number): boolean {
  const held = heldVersion(query.state.data, launch);
  const [scope, id] = query.queryKey;
  // What is asked for on demand has a scope of its own: news of the board does not make it old.
  const speaksOfIt = scope === launchesKey[0] || (scope === launchKey(launch)[0] && id === launch);
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
