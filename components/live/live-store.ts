'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { followNews } from '#lib/queries/follow.ts';
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

/** Keeps ages true without a request. */
function keepSeen({ launch, readings }: Extract<LiveNews, { kind: 'seen' }>): void {
  for (const { id, health, lastAnsweredAt } of readings.sources) {
    if (health === 'answering' && lastAnsweredAt !== null) seen.set(`${launch} ${id}`, lastAnsweredAt);
  }
  tell();
}

/** Joins the stream for as long as the page lives. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const follower = followNews(client);
    const joined = joinLive({
      onNews: (news) => {
        follower.news(news);
        if (news.kind === 'seen') keepSeen(news);
      },
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

/** How the stream is. */
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
