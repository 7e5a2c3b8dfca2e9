import type { ReactNode } from 'react';
import { Shape } from '#components/verdict/shape.tsx';

interface Props {
  readonly title: string;
  /** What it means, and what to do. */
  readonly says: string;
  readonly children?: ReactNode;
}

/** A page that cannot be shown: what happened, what it means for the launch, what to do. */
export function Trouble({ title, says, children }: Props) {
  return (
    <main id="main" className="page">
      <div className="title-row mt-4">
        <Shape of="unknown" size="large" label="Unknown" />
        <h1>{title}</h1>
        <p className="lede">{says}</p>
        <div className="col-start-2 -col-end-1 mt-2 flex flex-wrap items-center gap-2">{children}</div>
      </div>
    </main>
  );
}
