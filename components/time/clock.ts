'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';

/*
 * One clock for a page. It ticks each second while something on the page shows an age and the page can be seen.
 * What is rendered on the server, and what the browser takes over, shows the server's instant and UTC.
 */

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  for (const listener of listeners) listener();
  schedule();
}

function schedule(): void {
  clearTimeout(timer);
  if (listeners.size === 0 || document.hidden) return;
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', tick);
  listeners.add(listener);
  if (listeners.size === 1) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}

/** The instant (epoch ms) at which the server rendered the page. */
export const RenderedAt = createContext(0);

/** Something that depends on the time, e.g. an age in words. Renders again only when it changes. */
export function useNow<T extends string | number | boolean>(of: (nowMs: number) => T): T {
  const renderedAtMs = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => of(Date.now()),
    () => of(renderedAtMs),
  );
}

const never = (): (() => void) => () => {};

/** The reader's time zone; UTC until the browser has taken the page over. */
export function useZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}
