'use client';

import { useState } from 'react';
import type { BoardView } from '#lib/domain/view.ts';
import { type Grouping, groupings, type Order, type Sorting, sortings } from './arrange.ts';
import { choicesOf, type Filter } from './filter.ts';
import { MineAndChanged, StateButtons } from './filter-buttons.tsx';
import { Pick } from './pick.tsx';

interface Props {
  readonly board: BoardView;
  readonly filter: Filter;
  readonly order: Order;
  readonly setFilter: (next: Partial<Filter>) => void;
  readonly setOrder: (next: Partial<Order>) => void;
  readonly shown: number;
  /** Rows would stand elsewhere if they were put in order now. */
  readonly isOld: boolean;
  readonly again: () => void;
  /** The owner whom this browser takes for its reader; null when it was not told. */
  readonly me: string | null;
  readonly toggleMine: () => void;
}

const groupWords: Readonly<Record<Grouping, string>> = {
  track: 'By track',
  state: 'By state',
  owner: 'By owner',
  source: 'By source',
  none: 'One list',
};

const sortWords: Readonly<Record<Sorting, string>> = {
  open: 'Open first',
  spec: 'As in the spec',
  age: 'Oldest evidence',
  wait: 'Longest wait',
};

/** What is shown and in which order. Below 720 px it is one sheet, opened by a button. */
export function Filters(props: Props) {
  const { board, filter, order, setFilter, setOrder, shown, isOld, again } = props;
  const [isOpen, setOpen] = useState(false);
  const rows = board.tracks.flatMap(({ items }) => items);
  const choices = choicesOf(board);
  const all = rows.length;
  return (
    <div className="filters-fold" data-open={isOpen || undefined}>
      <button
        type="button"
        className="button filters-opener"
        aria-expanded={isOpen}
        aria-controls="filters"
        onClick={() => setOpen(!isOpen)}
      >
        Filter <span className="n">{shown === all ? all : `${shown} of ${all}`}</span>
      </button>
      <search id="filters" className="filters" aria-label="Filter the board">
        <input
          id="filter-text"
          className="field"
          type="search"
          placeholder="Filter items"
          aria-label="Filter items by text"
          value={filter.text}
          onChange={({ target }) => setFilter({ text: target.value })}
        />
        <StateButtons board={board} filter={filter} setFilter={setFilter} all={all} />
        <span className="upright max-sm:hidden" />
        <MineAndChanged {...props} />
        <div className="end">
          {/* It keeps its place while hidden: what appears here must not move the rest. */}
          <button
            type="button"
            className={`button button-ghost${isOld ? '' : ' invisible max-sm:hidden'}`}
            title="What changed would stand elsewhere"
            onClick={again}
          >
            Reorder <kbd>.</kbd>
          </button>
          <Pick
            label="Track"
            value={filter.track}
            choices={choices.tracks}
            onPick={(track) => setFilter({ track })}
          />
          <Pick
            label="Owner"
            value={filter.owner}
            choices={choices.owners}
            onPick={(owner) => setFilter({ owner })}
          />
          <Pick
            label="Role"
            value={filter.role}
            choices={choices.roles}
            onPick={(role) => setFilter({ role })}
          />
          <Pick
            label="Source"
            value={filter.source}
            choices={choices.sources}
            onPick={(source) => setFilter({ source })}
          />
          <span className="upright max-sm:hidden" />
          <select
            className="pick"
            aria-label="Group"
            value={order.group}
            onChange={({ target }) =>
              setOrder({ group: groupings.find((group) => group === target.value) ?? 'track' })
            }
          >
            {groupings.map((group) => (
              <option key={group} value={group}>
                {groupWords[group]}
              </option>
            ))}
          </select>
          <select
            className="pick"
            aria-label="Sort"
            value={order.sort}
            onChange={({ target }) =>
              setOrder({ sort: sortings.find((sort) => sort === target.value) ?? 'open' })
            }
          >
            {sortings.map((sort) => (
              <option key={sort} value={sort}>
                {sortWords[sort]}
              </option>
            ))}
          </select>
        </div>
        <button
          type="button"
          className="button button-primary filters-closer sm:hidden"
          onClick={() => setOpen(false)}
        >
          Show {shown} of {all}
        </button>
      </search>
    </div>
  );
}
