'use client';

import { notify } from './notice.tsx';

/** Puts a text on the clipboard and says so, or says that the browser refused. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(`${what} copied.`);
  } catch {
    notify(`The browser did not let it be copied: select the ${what.toLowerCase()} and copy it by hand.`);
  }
}
