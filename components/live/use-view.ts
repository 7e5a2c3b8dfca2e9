'use client';

import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { problemOf } from '#lib/queries/api.ts';

/** A timer holds 2^31 - 1 ms; what is later is asked for when it gets nearer. */
const longestMs = 2_147_483_647;
const shortestMs = 1000;

interface View {
  readonly changesAt: string | null;
}

/**
 * A screen's view-model, kept current by the live stream and, where time alone changes it, by one timer. Nothing else
 * asks for it again.
 */
export function useView<T extends View, K extends QueryKey>(options: UseQueryOptions<T, Error, T, K>) {
  const query = useQuery(options);
  const { data, refetch, isError, error, errorUpdatedAt, dataUpdatedAt } = query;
  const changesAt = data?.changesAt ?? null;
  const lastAsked = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer sets the timer anew, also the same one
  useEffect(() => {
    if (changesAt === null) return;
    // A board that still names the same instant has not been folded yet: ask at a walk, not at a run.
    const least = lastAsked.current === changesAt ? 10 * shortestMs : shortestMs;
    const waitMs = Math.min(longestMs, Math.max(least, Date.parse(changesAt) - Date.now() + 250));
    const timer = setTimeout(() => {
      lastAsked.current = changesAt;
      void refetch();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [changesAt, dataUpdatedAt, refetch]);
  const failed =
    isError && data !== undefined
      ? { sinceMs: errorUpdatedAt, message: problemOf(error).message, retry: () => void refetch() }
      : undefined;
  return { data, error, failed, refetch };
}
