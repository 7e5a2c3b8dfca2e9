'use client';

import { useKeys } from '#components/keys/bindings.ts';
import { notify } from '#components/ui/notice.tsx';
import { problemOf } from '#lib/queries/api.ts';
import { requestCheck } from '#lib/queries/verbs.ts';

interface Props {
  readonly launch: string;
  /** Items whose checks a screen rests on; there is nothing to ask where it rests on none. */
  readonly items: readonly string[];
}

/** The button that asks a screen's items for new evidence, and its key. */
export function CheckAgain({ launch, items }: Props) {
  const isIdle = items.length === 0;
  const check = (): void => {
    if (!isIdle) void checkItems(launch, items);
  };
  useKeys({ r: check });
  return (
    <button type="button" className="button button-primary" aria-disabled={isIdle} onClick={check}>
      Check again <kbd>R</kbd>
    </button>
  );
}

/** Asks each item once; news of what it brought comes by the live stream. */
async function checkItems(launch: string, items: readonly string[]): Promise<void> {
  try {
    const asked = await Promise.all([...new Set(items)].map((item) => requestCheck(launch, { item })));
    const checks = asked.reduce((sum, { requested }) => sum + requested, 0);
    notify(`${checks} checks asked; what changes shows here by itself.`);
  } catch (error) {
    notify(`Not asked: ${problemOf(error).message}`);
  }
}
