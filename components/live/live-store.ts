'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { followNews } from '#lib/queries/follow.ts';
import { itemsKey } from '#lib/queries/keys.ts';
import { joinLive, type Live } from '#lib/queries/live.ts';
import type { LiveNews, LiveState } from '#lib/queries/live-messages.ts';

/*
 * What the page knows of the live stream: how it is, and when each source was last read without any news.
 */

const listeners = new Set<() => void>();
let state: LiveState = { kind: 'connecting' };
let live: Live | null = null;
const seen = new Map<string, string>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps ages true without a request; an open item shows values, so that it asks for the new ones. */
function keepSeen(client: QueryClient, news: Extract<LiveNews, { kind: 'seen' }>): void {
  for (const [source, at] of Object.entries(news.sources)) seen.set(`${news.launch} ${source}`, at);
  tell();
  if (!document.hidden) void client.invalidateQueries({ queryKey: itemsKey(news.launch) });
}

/** Joins the stream for as long as the page lives. */
export function useLive(): void {
  const client: QueryClient = useQueryClient();
  useEffect(() => {
    const follower = followNews(client);
    const joined = joinLive({
      onNews: (news) => (news.kind === 'board' ? follower.news(news) : keepSeen(client, news)),
      onState: (next) => {
        state = next;
        tell();
      },
    });
    live = joined;
    return () => {
      live = null;
      joined.close();
      follower.close();
    };
  }, [client]);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore<LiveState>(
    subscribe,
    () => state,
    () => connecting,
  );
}

const connecting: LiveState = { kind: 'connecting' };

/** Tries the stream again now. */
export function retryLive(): void {
  live?.retry();
}

/**
 * When evidence that rests on these sources was last seen: the view-model's instant, or later where the stream has
 * said since that all of them were read again and nothing changed.
 */
export function useSeenAt(
  launch: string,
  sources: readonly string[],
  observedAt: string | null,
): string | null {
  return useSyncExternalStore(
    subscribe,
    () => seenAt(launch, sources, observedAt),
    () => observedAt,
  );
}

function seenAt(launch: string, sources: readonly string[], observedAt: string | null): string | null {
  if (observedAt === null || sources.length === 0) return observedAt;
  let oldest: string | null = null;
  for (const source of sources) {
    const at = seen.get(`${launch} ${source}`);
    if (at === undefined) return observedAt;
    if (oldest === null || at < oldest) oldest = at;
  }
  return oldest !== null && oldest > observedAt ? oldest : observedAt;
}
