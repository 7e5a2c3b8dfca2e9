import type { ReactNode } from 'react';

/** The common frame of small pictures, with its text alternative. */
export function Frame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <svg viewBox="0 0 160 20" role="img" aria-label={label}>
      {children}
    </svg>
  );
}
