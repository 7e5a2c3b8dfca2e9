'use client';

import { useEffect, useRef } from 'react';
import { Shape } from '#components/verdict/shape.tsx';
import type { Entry } from './entries.ts';

interface Props {
  readonly id: string;
  readonly found: readonly Entry[];
  readonly chosen: Entry | null;
  readonly onPick: (entry: Entry) => void;
}

/** What was found, by groups. The chosen one is kept in view; the focus stays in the field. */
export function PaletteList({ id, found, chosen, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const key = chosen?.key;
  useEffect(() => {
    if (key !== undefined)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [key]);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <>
      <p role="status" className={found.length === 0 ? 'palette-none' : 'sr-only'}>
        {found.length === 0 ? 'Nothing here has that name.' : `${found.length} found`}
      </p>
      <div ref={list} id={id} className="palette-list" role="listbox" aria-label="Found" tabIndex={-1}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of a listbox, not of a form
          <div key={group} role="group" aria-label={group}>
            <p className="palette-group" aria-hidden="true">
              {group}
            </p>
            {found
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <Option
                  key={entry.key}
                  id={`${id} ${entry.key}`.replaceAll(' ', '-')}
                  entry={entry}
                  isChosen={entry === chosen}
                  onPick={onPick}
                />
              ))}
          </div>
        ))}
      </div>
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly onPick: (entry: Entry) => void;
}

function Option({ id, entry, isChosen, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className="palette-option"
      onClick={() => onPick(entry)}
    >
      {entry.shape ? <Shape of={entry.shape.of} label={entry.shape.label} /> : null}
      <span className={`clip${entry.isCode ? ' mono' : ''}`}>{entry.title}</span>
      {entry.end === null ? null : <span className="end max-sm:hidden">{entry.end}</span>}
      {entry.keys.length === 0 ? null : (
        <span className="end flex gap-1 max-sm:hidden">
          {entry.keys.map((one) => (
            <kbd key={one}>{one}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}
