'use client';

import { Shape } from '#components/verdict/shape.tsx';
import type { CoverageView } from '#lib/domain/view.ts';

/** What names metrics and could not be read: what stands there is not counted, and must not be missed either. */
export function Unread({ places }: { readonly places: CoverageView['unread'] }) {
  if (places.length === 0) return null;
  return (
    <ul className="note" aria-label="Queries that could not be read">
      {places.map(({ name, message }) => (
        <li key={`${name} ${message}`} className="mt-1 flex gap-1.5">
          <Shape of="unknown" size="small" label="Unknown" />
          <span className="min-w-0 wrap-anywhere">
            {`${name.slice(0, 1).toUpperCase()}${name.slice(1)}: ${message}.`}
          </span>
        </li>
      ))}
    </ul>
  );
}
