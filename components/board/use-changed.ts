'use client';

import { useEffect, useRef, useState } from 'react';
import { wordInSentence } from '#components/verdict/words.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import type { ItemRow } from '#lib/domain/view.ts';

const tintMs = 1200;
const none: ReadonlyMap<string, ItemState> = new Map();

/** Which items changed state with the newest data, for as long as their rows hold the tint; and the same in words. */
export function useChanged(rows: ReadonlyMap<string, ItemRow>) {
  const before = useRef(rows);
  const [changed, setChanged] = useState(none);
  const [says, setSays] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const moved = [...rows.values()].filter(({ id, state }) => {
      const was = before.current.get(id)?.state;
      return was !== undefined && was !== state;
    });
    before.current = rows;
    if (moved.length === 0) return;
    setChanged(new Map(moved.map(({ id, state }) => [id, state])));
    setSays(moved.map(({ title, state }) => `${title}: now ${wordInSentence(state)}.`).join(' '));
    // Readings renew rows all the time: only a newer change of state may put off the end of the tint.
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setChanged(none), tintMs);
  }, [rows]);
  return { changed, says };
}
