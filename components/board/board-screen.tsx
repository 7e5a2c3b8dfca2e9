'use client';

import { lazy, Suspense, useMemo, useState } from 'react';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import { useView } from '#components/live/use-view.ts';
import { useStored, writeStored } from '#components/ui/stored.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { boardQuery } from '#lib/queries/views.ts';
import { BoardMeta } from './board-meta.tsx';
import { Burnup } from './burnup.tsx';
import { Checklists } from './checklists.tsx';
import { Collecting } from './collecting.tsx';
import { choicesOf } from './filter.ts';
import { Filters } from './filters.tsx';
import { GroupSection } from './group-section.tsx';
import { NoMatch } from './no-match.tsx';
import { Owes } from './owes.tsx';
import { ReadinessHead } from './readiness-head.tsx';
import { SourcesStrip } from './sources-strip.tsx';
import { useArrangement } from './use-arrangement.ts';
import { useChanged } from './use-changed.ts';
import { useCheckAgain } from './use-check-again.ts';
import { useFilter } from './use-filter.ts';
import { useRowKeys } from './use-row-keys.ts';

const CandidateDialog = lazy(() =>
  import('./candidate-dialog.tsx').then((m) => ({ default: m.CandidateDialog })),
);
const MeDialog = lazy(() => import('./me-dialog.tsx').then((m) => ({ default: m.MeDialog })));

/** The Board: is the launch ready, why not, who owes what, and every item with the fact that decides it. */
export function BoardScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(boardQuery(launch));
  return data ? <Board board={data} failed={failed} /> : null;
}

interface Props {
  readonly board: BoardView;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

function Board({ board, failed }: Props) {
  const { launch, tracks } = board;
  const { filter, order, setFilter, setOrder, clear } = useFilter();
  const { groups, isOld, again } = useArrangement(board, filter, order);
  const rows = useMemo(
    () => new Map(tracks.flatMap(({ items }) => items.map((row) => [row.id, row] as const))),
    [tracks],
  );
  const { changed, says } = useChanged(rows);
  const [dialog, setDialog] = useState<'candidate' | 'me' | null>(null);
  const me = useStored('me');
  const checkAgain = useCheckAgain(launch.id);
  const toggleMine = (): void => {
    if (me === null) setDialog('me');
    else setFilter({ owner: filter.owner === me ? null : me });
  };
  const checkAll = (): void => void checkAgain({}, 'The launch', [...rows.values()]);
  const check = (item: string | null): void => {
    const row = item === null ? undefined : rows.get(item);
    if (row) void checkAgain({ item: row.id }, row.title, [row]);
    else checkAll();
  };
  const { selected, onSelect } = useRowKeys({ groups, filter, setFilter, clear, again, toggleMine, check });
  const shown = groups.reduce((sum, { ids }) => sum + ids.length, 0);
  const choices = choicesOf(board);
  return (
    <main id="main" className="page board">
      <title>{`${board.readiness.title} · ${launch.title}`}</title>
      <BehindStrip failed={failed} />
      <div className="head">
        <section aria-label="Readiness">
          <ReadinessHead board={board} />
          <BoardMeta launch={launch} at={board.at} onMove={() => setDialog('candidate')} onCheck={checkAll} />
          {board.collecting ? <Collecting of={board.collecting} /> : null}
        </section>
        <Owes owes={board.owes} />
        <Burnup board={board} />
      </div>
      <SourcesStrip launch={launch.id} sources={board.sources} />
      <Filters {...{ board, filter, order, setFilter, setOrder, shown, isOld, again, me, toggleMine }} />
      <div className="tracks">
        {groups.map((group) => {
          const track = order.group === 'track' ? tracks.find(({ id }) => id === group.key) : undefined;
          return (
            <GroupSection
              key={group.key}
              {...{ group, rows, track, selected, changed, onSelect }}
              launch={launch.id}
              lead={choices.roles.find(({ id }) => id === track?.lead)?.title ?? track?.lead ?? null}
              onCheck={({ id, title, items }) => void checkAgain({ track: id }, title, items)}
            />
          );
        })}
        {shown === 0 ? <NoMatch filter={filter} choices={choices} hidden={rows.size} clear={clear} /> : null}
      </div>
      <Checklists launch={launch.id} rows={[...rows.values()]} />
      <p className="sr-only" aria-live="polite">
        {says}
      </p>
      <Suspense>
        {dialog === 'candidate' ? <CandidateDialog launch={launch} onClose={() => setDialog(null)} /> : null}
        {dialog === 'me' ? (
          <MeDialog
            owners={choices.owners.map(({ id }) => id)}
            onClose={() => setDialog(null)}
            onPick={(owner) => {
              writeStored('me', owner);
              setFilter({ owner });
              setDialog(null);
            }}
          />
        ) : null}
      </Suspense>
    </main>
  );
}
