'use client';

import { lazy, Suspense, useState } from 'react';

const ChecklistHistory = lazy(() =>
  import('./checklist-history.tsx').then((m) => ({ default: m.ChecklistHistory })),
);

interface Props {
  readonly launch: string;
  readonly item: string;
  readonly check: string;
}

/** Folded until somebody asks: reading a history takes time. */
export function HistoryFold(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="disclose mt-4" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The checklist’s history</summary>
      <Suspense fallback={<p className="mt-2 text-ink-3">Opening</p>}>
        {isOpen ? <ChecklistHistory {...props} /> : null}
      </Suspense>
    </details>
  );
}
