'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The key that finds anything, as this system's keyboards name it. */
export function useFindKey(): '⌘K' | 'Ctrl K' {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'),
    () => '⌘K',
  );
}
