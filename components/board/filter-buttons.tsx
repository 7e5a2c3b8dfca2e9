'use client';

import { Shape } from '#components/verdict/shape.tsx';
import { stateOrder } from '#components/verdict/states.ts';
import { wordOf } from '#components/verdict/words.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { changedLately, type Filter, isFiltering, toggled } from './filter.ts';

interface StatesProps {
  readonly board: BoardView;
  readonly filter: Filter;
  readonly setFilter: (next: Partial<Filter>) => void;
  readonly all: number;
}

/** A button for each state that occurs or is chosen. The keys 1 to 9 choose any of them. */
export function StateButtons({ board, filter, setFilter, all }: StatesProps) {
  const shown = stateOrder.filter((state) => board.counts[state] > 0 || filter.states.includes(state));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a box that nobody needs here
    <div className="segment" role="group" aria-label="State">
      <button
        type="button"
        className="button button-ghost"
        aria-pressed={!isFiltering(filter)}
        onClick={() => setFilter({ states: [] })}
      >
        All <span className="n">{all}</span>
      </button>
      {shown.map((state) => (
        <button
          key={state}
          type="button"
          className="button button-ghost"
          aria-pressed={filter.states.includes(state)}
          onClick={() => setFilter({ states: toggled(filter.states, state) })}
        >
          <Shape of={state} size="small" />
          {wordOf(state)} <span className="n">{board.counts[state]}</span>
        </button>
      ))}
    </div>
  );
}

interface MineProps {
  readonly board: BoardView;
  readonly filter: Filter;
  readonly setFilter: (next: Partial<Filter>) => void;
  /** The owner whom this browser takes for its reader; null when it was not told. */
  readonly me: string | null;
  readonly toggleMine: () => void;
}

/** Two filters that go across states: the reader's own items, and what changed within a day. */
export function MineAndChanged({ board, filter, setFilter, me, toggleMine }: MineProps) {
  const rows = board.tracks.flatMap(({ items }) => items);
  const nowMs = Date.parse(board.at);
  const mine = me === null ? null : rows.filter(({ owner }) => owner === me).length;
  const changed = rows.filter((row) => changedLately(row, nowMs)).length;
  return (
    <>
      <button
        type="button"
        className="button button-ghost"
        aria-pressed={me !== null && filter.owner === me}
        title={me === null ? 'Say who you are' : `Items of ${me}`}
        onClick={toggleMine}
      >
        Mine {mine === null ? null : <span className="n">{mine}</span>}
      </button>
      <button
        type="button"
        className="button button-ghost"
        aria-pressed={filter.changed}
        title="Another state than a day ago"
        onClick={() => setFilter({ changed: !filter.changed })}
      >
        Changed <span className="n">{changed}</span>
      </button>
    </>
  );
}
