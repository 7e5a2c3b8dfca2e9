'use client';

import { useSyncExternalStore } from 'react';

/*
 * One line at the foot of the window that answers what somebody did: "Link copied". It leaves by itself; nothing that
 * must be acted on is said here.
 */

const stayMs = 5000;
const listeners = new Set<() => void>();
let text = '';
let timer: ReturnType<typeof setTimeout> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says something, for five seconds. */
export function notify(says: string): void {
  clearTimeout(timer);
  text = says;
  for (const listener of listeners) listener();
  if (says !== '') timer = setTimeout(() => notify(''), stayMs);
}

/** Where notices appear; once a page. */
export function NoticeLine() {
  const says = useSyncExternalStore(
    subscribe,
    () => text,
    () => '',
  );
  return (
    <output className="notice" aria-live="polite">
      {says}
    </output>
  );
}
