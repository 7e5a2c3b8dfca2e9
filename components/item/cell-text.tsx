import { Fragment } from 'react';
import { lay, pathOf, thin } from '#components/picture/line.ts';
import { Moment } from '#components/time/age.tsx';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape, Word } from '#components/verdict/shape.tsx';
import type { Cell } from './readable.ts';

/** One reading, as its kind is read: a verdict with its shape, an instant in the reader's zone, code that may break. */
export function CellText({ cell }: { readonly cell: Cell }) {
  switch (cell.kind) {
    case 'verdict':
      return (
        <span className="inline-flex items-center gap-1.5">
          <Shape of={cell.verdict} size="small" />
          <Word of={cell.verdict} />
        </span>
      );
    case 'instant':
      return <Moment at={cell.at} />;
    case 'line':
      return <Spark values={cell.values} />;
    case 'code':
      return (
        <code className={cell.text.length < 32 ? 'whitespace-nowrap' : 'wrap-anywhere'}>
          {withKeys(cell.text.split(/(?<=_)/), (part) => part).map(([key, part]) => (
            <Fragment key={key}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </code>
      );
    case 'text':
      // A sentence keeps room for a few words a line: the table scrolls, its rows do not become towers.
      return (
        <span className={cell.text.length > 40 ? 'inline-block min-w-56 wrap-anywhere' : 'wrap-anywhere'}>
          {cell.text}
        </span>
      );
  }
}

/** A small line beside a name; its numbers stand in the columns beside it. */
function Spark({ values }: { readonly values: readonly number[] }) {
  const points = lay(thin(values, 40), { left: 0, top: 3, width: 80, height: 12 });
  return (
    <svg width="80" height="18" viewBox="0 0 80 18" aria-hidden="true">
      <path
        d={pathOf(points)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeWidth="1.1"
        strokeLinejoin="round"
      />
    </svg>
  );
}
