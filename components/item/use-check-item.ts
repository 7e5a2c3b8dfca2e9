'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ItemView } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { requestCheck } from '#lib/queries/verbs.ts';
import { itemQuery } from '#lib/queries/views.ts';

const everyMs = 700;
const giveUpMs = 60_000;

/** How far an asking has come. Instants are epoch milliseconds. */
export type Asking =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly askedAtMs: number; readonly answered: number; readonly asked: number }
  | { readonly kind: 'answered'; readonly tookMs: number; readonly asked: number }
  | { readonly kind: 'unanswered'; readonly answered: number; readonly asked: number }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Asks for new evidence of an item and follows until each check that reads a source was tried again, or a minute has
 * passed. Only this looks at the item by the clock, and only as long.
 */
export function useCheckItem(launch: string, view: ItemView) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<Asking>({ kind: 'idle' });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const follow = (before: ReadonlyMap<string, string | null>, askedAtMs: number): void => {
    timer.current = setTimeout(async () => {
      const now = await client
        .fetchQuery({ ...itemQuery(launch, view.row.id), staleTime: 0 })
        .catch(() => null);
      const answered = now ? triedAgain(now, before) : 0;
      const asked = before.size;
      if (answered === asked) setAsking({ kind: 'answered', asked, tookMs: Date.now() - askedAtMs });
      else if (Date.now() - askedAtMs > giveUpMs) setAsking({ kind: 'unanswered', answered, asked });
      else {
        setAsking({ kind: 'asking', askedAtMs, answered, asked });
        follow(before, askedAtMs);
      }
    }, everyMs);
  };

  const ask = async (): Promise<void> => {
    if (asking.kind === 'asking') return;
    clearTimeout(timer.current);
    const reading = view.checks.filter(({ source }) => source !== null);
    if (reading.length === 0) {
      setAsking({
        kind: 'refused',
        message: 'No check of this item reads a source: there is nothing to ask.',
      });
      return;
    }
    const askedAtMs = Date.now();
    setAsking({ kind: 'asking', askedAtMs, answered: 0, asked: reading.length });
    try {
      // The page may hold an older look than the last one, and that would count as an answer.
      const now = await client.fetchQuery({ ...itemQuery(launch, view.row.id), staleTime: 0 });
      const before = new Map(
        now.checks.filter(({ source }) => source !== null).map(({ id, triedAt }) => [id, triedAt]),
      );
      await requestCheck(launch, { item: view.row.id });
      follow(before, askedAtMs);
    } catch (error) {
      const { message, remedy } = problemOf(error);
      setAsking({ kind: 'refused', message: `Not asked: ${message}${remedy ? ` ${remedy}` : ''}` });
    }
  };

  return { asking, ask };
}

function triedAgain(view: ItemView, before: ReadonlyMap<string, string | null>): number {
  return view.checks.filter(({ id, triedAt }) => before.has(id) && triedAt !== before.get(id)).length;
}
