'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { problemOf } from '#lib/queries/api.ts';
import { itemQuery } from '#lib/queries/views.ts';
import { ChecklistHistory } from './checklist-history.tsx';

interface Props {
  readonly launch: string;
  readonly item: string;
}

/** The history of each checklist that an item looks at. Which there are, the item itself is asked. */
export function ItemHistories({ launch, item }: Props) {
  const { data, error } = useQuery(itemQuery(launch, item));
  if (!data && error) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <p className="mt-2 text-ink-3">Opening</p>;
  const lists = data.checks.filter(({ kind }) => kind === 'checklist');
  return lists.map(({ id, parameters }) => (
    <div key={id}>
      <p className="mt-2">
        <code>{String(parameters.path)}</code>
      </p>
      <ChecklistHistory launch={launch} item={item} check={id} />
    </div>
  ));
}
