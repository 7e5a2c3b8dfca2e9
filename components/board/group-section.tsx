'use client';

import { useId } from 'react';
import { Age } from '#components/time/age.tsx';
import { formatWork } from '#components/time/format.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import type { ItemRow, TrackView } from '#lib/domain/view.ts';
import type { Group } from './arrange.ts';
import { Row } from './row.tsx';

interface Props {
  readonly launch: string;
  readonly group: Group;
  readonly rows: ReadonlyMap<string, ItemRow>;
  /** The track, where the board is grouped by tracks. */
  readonly track: TrackView | undefined;
  /** Title of the role that leads it. */
  readonly lead: string | null;
  readonly selected: string | null;
  readonly changed: ReadonlyMap<string, ItemState>;
  readonly onSelect: (id: string) => void;
  readonly onCheck: (track: TrackView) => void;
}

/** A heading and its rows. */
export function GroupSection({
  launch,
  group,
  rows,
  track,
  lead,
  selected,
  changed,
  onSelect,
  onCheck,
}: Props) {
  const heading = useId();
  return (
    <section className="track" aria-labelledby={heading} id={track ? `track-${track.id}` : undefined}>
      <div className="track-head">
        <h2 id={heading}>{group.title}</h2>
        {track ? <TrackSays track={track} /> : <span className="text-ink-2">{group.ids.length}</span>}
        <span className="end">
          {track ? (
            <button
              type="button"
              className="button button-ghost track-check max-sm:hidden"
              onClick={() => onCheck(track)}
            >
              Check again
            </button>
          ) : null}
          {lead ? <span className="max-md:hidden">{lead}</span> : null}
          {track?.longestWait ? (
            <span className="wide">
              Longest wait: {track.longestWait.text}, <Age at={track.longestWait.since} />
            </span>
          ) : null}
        </span>
      </div>
      <ul>
        {group.ids.map((id) => {
          const row = rows.get(id);
          return row ? (
            <Row
              key={id}
              launch={launch}
              row={row}
              isSelected={id === selected}
              changedTo={changed.get(id) ?? null}
              onSelect={onSelect}
            />
          ) : null;
        })}
      </ul>
    </section>
  );
}

function TrackSays({ track }: { readonly track: TrackView }) {
  const blockers =
    track.blockers === 0 ? 'no blocker due' : `${track.ready} of ${track.blockers} blockers ready`;
  return (
    <span className="text-ink-2">
      {blockers}
      {track.remainingMs > 0 ? (
        <span className="text-ink-3 max-sm:hidden">, {formatWork(track.remainingMs)} of work left</span>
      ) : null}
    </span>
  );
}
