'use client';

import { lazy, Suspense, useState } from 'react';
import type { ItemRow } from '#lib/domain/view.ts';

const ItemHistories = lazy(() =>
  import('#components/history/item-histories.tsx').then((m) => ({ default: m.ItemHistories })),
);

interface Props {
  readonly launch: string;
  readonly rows: readonly ItemRow[];
}

/** Whether an item looks at a checklist of the repository. */
function hasChecklist({ kinds }: ItemRow): boolean {
  return kinds.includes('checklist');
}

/**
 * The burn-up that each checklist of the launch would have had. Below the items, so that what opens moves none of
 * them; read when it is opened, because reading every version out of Git takes time.
 */
export function Checklists({ launch, rows }: Props) {
  const lists = rows.filter(hasChecklist);
  if (lists.length === 0) return null;
  return (
    <section className="checklists mt-8" aria-labelledby="checklists-title">
      <h2 id="checklists-title" className="heading">
        Checklists’ history
      </h2>
      {lists.map((row) => (
        <Histories key={row.id} launch={launch} row={row} />
      ))}
    </section>
  );
}

function Histories({ launch, row }: { readonly launch: string; readonly row: ItemRow }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="disclose mt-2" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{row.title}</summary>
      <Suspense fallback={<p className="mt-2 text-ink-3">Opening</p>}>
        {isOpen ? <ItemHistories launch={launch} item={row.id} /> : null}
      </Suspense>
    </details>
  );
}
