'use client';

import { useSyncExternalStore } from 'react';

/*
 * What this browser remembers. Each value is a short text under a key of ours; a browser that keeps nothing (private
 * windows) loses nothing but the memory.
 */

const prefix = 'big-green.';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** A remembered text; null when there is none. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

/** Remembers a text, or forgets it when null. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Nothing is lost but the memory.
  }
  for (const listener of listeners) listener();
}

/** A remembered text, as state. Null on the server. */
export function useStored(key: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => readStored(key),
    () => null,
  );
}
