'use client';

import { useCallback, useState } from 'react';
import { useKeys } from '#components/keys/bindings.ts';
import { stateOrder } from '#components/verdict/states.ts';
import type { Group } from './arrange.ts';
import { type Filter, isFiltering, toggled } from './filter.ts';

interface Options {
  readonly groups: readonly Group[];
  readonly filter: Filter;
  readonly setFilter: (next: Partial<Filter>) => void;
  readonly clear: () => void;
  readonly again: () => void;
  readonly toggleMine: () => void;
  readonly check: (item: string | null) => void;
}

/** The board's keys, and the row they speak of: the one whose link has or had the focus. */
export function useRowKeys(options: Options) {
  const { groups, filter, setFilter, clear, again, toggleMine, check } = options;
  const [selected, setSelected] = useState<string | null>(null);
  const ids = groups.flatMap((group) => group.ids);
  const step = (by: 1 | -1): void => {
    const at = selected === null ? -1 : ids.indexOf(selected);
    const next = at < 0 ? (by === 1 ? 0 : ids.length - 1) : at + by;
    const id = ids[Math.max(0, Math.min(ids.length - 1, next))];
    if (id !== undefined) focusRow(id);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    r: () => check(selected),
    m: toggleMine,
    '.': again,
    '/': focusText,
    escape: () => {
      if (isFiltering(filter)) clear();
      else {
        setSelected(null);
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      }
    },
    enter: () => {
      if (selected !== null) rowLink(selected)?.click();
    },
    ...Object.fromEntries(
      stateOrder.map((state, at) => [
        String(at + 1),
        () => setFilter({ states: toggled(filter.states, state) }),
      ]),
    ),
  });
  return { selected, onSelect: useCallback((id: string) => setSelected(id), []) };
}

function rowLink(id: string): HTMLAnchorElement | null {
  return document.querySelector(`[data-item="${CSS.escape(id)}"] a`);
}

function focusRow(id: string): void {
  rowLink(id)?.focus();
}

function focusText(): void {
  document.querySelector<HTMLElement>('.filters-fold:not([data-open]) .filters-opener')?.click();
  document.getElementById('filter-text')?.focus();
}
