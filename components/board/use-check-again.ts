'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { notify } from '#components/ui/notice.tsx';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { type CheckScope, requestCheck } from '#lib/queries/verbs.ts';
import { boardQuery } from '#lib/queries/views.ts';

const everyMs = 1000;
const giveUpMs = 20_000;

/**
 * Asks for new evidence and says how far it has come, until every item that reads a source was looked at again or
 * twenty seconds have passed. Only this looks at the board by the clock, and only as long.
 */
export function useCheckAgain(launch: string) {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const follow = (before: ReadonlyMap<string, string | null>, untilMs: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(async () => {
      const board = await client.fetchQuery({ ...boardQuery(launch), staleTime: 0 }).catch(() => null);
      const progress = board && progressOf(board, before);
      if (progress && progress.answered === progress.asked) {
        notify(`${progress.asked} of ${progress.asked} items looked at again.`);
      } else if (Date.now() > untilMs) {
        notify(progress ? endOf(progress) : 'Big Green does not answer; nothing was lost.');
      } else {
        if (progress) notify(`${progress.answered} of ${progress.asked} items looked at again …`);
        follow(before, untilMs);
      }
    }, everyMs);
  };

  return async (scope: CheckScope, what: string, items: readonly ItemRow[]): Promise<void> => {
    const reading = new Set(items.filter(({ sources }) => sources.length > 0).map(({ id }) => id));
    try {
      // Ages on the page are renewed by the stream, rows are not: what counts as looked at again starts from here.
      const now = await client.fetchQuery({ ...boardQuery(launch), staleTime: 0 });
      const rows = now.tracks.flatMap((track) => track.items).filter(({ id }) => reading.has(id));
      const before = new Map(rows.map(({ id, observedAt }) => [id, observedAt]));
      const { requested } = await requestCheck(launch, scope);
      notify(`${what}: ${requested} ${requested === 1 ? 'check' : 'checks'} asked …`);
      if (requested > 0 && before.size > 0) follow(before, Date.now() + giveUpMs);
    } catch (error) {
      const { message, remedy } = problemOf(error);
      notify(`Not asked: ${message} ${remedy ?? ''}`);
    }
  };
}

interface Progress {
  readonly asked: number;
  readonly answered: number;
  readonly silent: readonly string[];
}

function progressOf(board: BoardView, before: ReadonlyMap<string, string | null>): Progress {
  const rows = board.tracks.flatMap(({ items }) => items).filter(({ id }) => before.has(id));
  const answered = rows.filter(({ id, observedAt }) => observedAt !== before.get(id)).length;
  const silent = board.sources
    .filter(({ health }) => health !== 'answering' && health !== 'unread')
    .map(({ title }) => title);
  return { asked: rows.length, answered, silent };
}

function endOf({ asked, answered, silent }: Progress): string {
  const why = silent.length > 0 ? `; no answer from ${silent.join(', ')}` : '';
  return `${answered} of ${asked} items looked at again${why}. The others keep their last verdict, with its age.`;
}
