'use client';

import { useState } from 'react';
import type { BoardView } from '#lib/domain/view.ts';
import { arrange, type Group, type Order, sameArrangement } from './arrange.ts';
import type { Filter } from './filter.ts';

interface Held {
  readonly groups: readonly Group[];
  /** What it was arranged for. */
  readonly key: string;
}

/**
 * Which rows stand where. New data changes what rows say and never where they stand: that waits for the next load,
 * for another filter, order or spec, or for `again`.
 */
export function useArrangement(board: BoardView, filter: Filter, order: Order) {
  const fresh = arrange(board, filter, order, Date.parse(board.at));
  const key = JSON.stringify([filter, order, board.launch.specDigest]);
  const [held, setHeld] = useState<Held>({ groups: fresh, key });
  const groups = held.key === key ? held.groups : fresh;
  if (held.key !== key) setHeld({ groups, key });
  return {
    groups,
    isOld: !sameArrangement(groups, fresh),
    again: (): void => setHeld({ groups: fresh, key }),
  };
}
