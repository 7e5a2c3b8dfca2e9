'use client';

import { type ReactNode, useId, useState } from 'react';

interface Props {
  readonly title: string;
  /** What stands at the right end of the heading. */
  readonly end?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page that is folded away below 720 px, and open from there on. */
export function Fold({ title, end, className = '', children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const heading = useId();
  const body = useId();
  return (
    <section className={`fold ${className}`} aria-labelledby={heading} data-open={isOpen || undefined}>
      <div className="fold-head">
        <button
          type="button"
          className="fold-toggle"
          aria-expanded={isOpen}
          aria-controls={body}
          aria-labelledby={heading}
          onClick={() => setOpen(!isOpen)}
        />
        <h2 id={heading} className="heading">
          {title}
        </h2>
        <span className="end">{end}</span>
      </div>
      <div id={body} className="fold-body">
        {children}
      </div>
    </section>
  );
}
