'use client';

import Link from 'next/link';
import { memo } from 'react';
import { useSeenAt } from '#components/live/live-store.ts';
import { Picture } from '#components/picture/picture.tsx';
import { Age } from '#components/time/age.tsx';
import { Prose } from '#components/ui/prose.tsx';
import { Shape, Word } from '#components/verdict/shape.tsx';
import { Signatures } from '#components/verdict/signatures.tsx';
import type { ItemState } from '#lib/domain/verdict.ts';
import type { ItemRow } from '#lib/domain/view.ts';

interface Props {
  readonly launch: string;
  readonly row: ItemRow;
  readonly isSelected: boolean;
  /** Its state changed a moment ago: the row holds that state's tint. */
  readonly changedTo: ItemState | null;
  readonly onSelect: (id: string) => void;
}

/** One item: state, title, owner, the fact that decides it, its picture, signatures, age. */
export const Row = memo(function Row({ launch, row, isSelected, changedTo, onSelect }: Props) {
  return (
    <li
      className="row"
      data-open={row.state === 'ready' ? undefined : ''}
      data-selected={isSelected ? '' : undefined}
      data-changed={changedTo ?? undefined}
      data-item={row.id}
    >
      <Shape of={row.state} />
      <Word of={row.state} />
      <span className="row-title">
        <Link
          href={`/launches/${launch}/items/${row.id}`}
          prefetch={false}
          title={row.title}
          onFocus={() => onSelect(row.id)}
        >
          {row.title}
        </Link>
        <Tags row={row} />
      </span>
      <span className="row-owner clip text-ink-2">{row.owner}</span>
      <span className="row-fact clip" title={`${row.fact.lead} ${row.fact.rest}`}>
        <Word of={row.state} ending=". " />
        <b>{row.fact.lead}</b> <Prose text={row.fact.rest} />
      </span>
      <span className="row-picture">
        <Picture of={row.picture} silent={row.silentSince !== null} state={row.state} />
      </span>
      <Signatures of={row.signatures} />
      <RowAge launch={launch} row={row} />
    </li>
  );
});

/** What is unusual about it: its level, a phase that is to come, an unconfirmed fail, flapping, quiet. */
function Tags({ row }: { readonly row: ItemRow }) {
  return (
    <>
      {row.level === 'blocker' ? null : <span className="tag">{row.level}</span>}
      {row.due ? null : <span className="tag">due {row.phase}</span>}
      {row.failing && row.state !== 'fail' ? <span className="tag is-fail">failing</span> : null}
      {row.flapping ? <span className="tag is-stale">flapping</span> : null}
      {row.quiet ? <span className="tag">quiet</span> : null}
    </>
  );
}

function RowAge({ launch, row }: { readonly launch: string; readonly row: ItemRow }) {
  const seenAt = useSeenAt(launch, row.silentSince === null ? row.sources : [], row.observedAt);
  if (seenAt === null) return <span className="row-age" />;
  const className = row.silentSince ? ' is-silent' : row.state === 'stale' ? ' is-stale' : '';
  return (
    <span className={`row-age${className}`}>
      {row.silentSince ? <span className="sr-only">silent, last answer </span> : null}
      <Age at={seenAt} />
    </span>
  );
}
