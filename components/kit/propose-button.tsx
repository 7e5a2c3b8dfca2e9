'use client';

import { lazy, Suspense, useState } from 'react';

const ProposeDialog = lazy(() => import('./propose-dialog.tsx').then((m) => ({ default: m.ProposeDialog })));

/** Opens what says what proposing would do; nothing is written before a click in there. */
export function ProposeButton({ launch }: { readonly launch: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Propose…
      </button>
      <Suspense fallback={null}>
        {isOpen ? <ProposeDialog launch={launch} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </>
  );
}
