'use client';

import { useState } from 'react';
import { withKeys } from '#components/ui/with-keys.ts';

interface Row {
  readonly line: number;
  readonly endLine: number;
  readonly what: string;
  readonly text: string;
}

interface Props {
  readonly title: string;
  readonly says: string;
  /** What it means that there is none. */
  readonly none: string;
  readonly rows: readonly Row[];
  readonly isOpen: boolean;
}

const few = 100;

/** Parts of a document with their lines. */
export function LineList({ title, says, none, rows, isOpen }: Props) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, few);
  return (
    <details className="disclose mt-4" open={isOpen}>
      <summary>
        <b className="font-medium">
          {title}: {rows.length}
        </b>
        {rows.length > 0 ? `, ${says}` : ''}
      </summary>
      {rows.length === 0 ? <p className="mt-1 text-ink-2">{none}</p> : null}
      <ol className="faults">
        {withKeys(shown, ({ line, what }) => `${line} ${what}`).map(([key, row]) => (
          <li key={key}>
            <span className="where mono">
              {row.endLine > row.line ? `${row.line} to ${row.endLine}` : row.line}
            </span>
            <span className="min-w-0 wrap-anywhere">
              <span className="text-ink-3">{row.what}</span> {row.text}
            </span>
          </li>
        ))}
      </ol>
      {shown.length < rows.length ? (
        <button type="button" className="button mt-2" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </button>
      ) : null}
    </details>
  );
}
