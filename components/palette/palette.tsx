'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { boardQuery, coverageQuery } from '#lib/queries/views.ts';
import { commandsOf } from './commands.ts';
import {
  commandEntries,
  type Entry,
  find,
  itemEntries,
  metricEntries,
  personEntries,
  screenEntries,
} from './entries.ts';
import { PaletteList } from './palette-list.tsx';

interface Props {
  readonly launch: { readonly id: string; readonly title: string } | null;
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** Finds any item, person, metric, screen or command. What it searches is asked for when it opens, not before. */
export function Palette({ launch, onClose, onKeys }: Props) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const id = launch?.id ?? '';
  const board = useQuery({ ...boardQuery(id), enabled: launch !== null });
  const coverage = useQuery({ ...coverageQuery(id), enabled: launch !== null });
  const go = (href: string): void => router.push(href);
  const found = find(
    [
      ...itemEntries(board.data, id, go),
      ...personEntries(board.data, id, go),
      ...screenEntries(launch?.id ?? null, go),
      ...commandEntries(commandsOf(launch, onKeys)),
      ...metricEntries(coverage.data, id, go),
    ],
    text,
  );
  const chosen = found[Math.min(at, found.length - 1)];
  const pick = (entry: Entry): void => {
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const from = Math.min(at, found.length - 1);
      setAt((from + step + found.length) % found.length);
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick(chosen);
    }
  };
  return (
    <Dialog title="Find" onClose={onClose} bare>
      <div className="palette">
        <input
          type="text"
          role="combobox"
          aria-label="Find"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${list} ${chosen.key}`.replaceAll(' ', '-') : undefined}
          data-autofocus=""
          autoComplete="off"
          spellCheck={false}
          placeholder="Find an item, person, metric, screen or command"
          value={text}
          onKeyDown={onKeyDown}
          onChange={({ target }) => {
            setText(target.value);
            setAt(0);
          }}
        />
        <PaletteList id={list} found={found} chosen={chosen ?? null} onPick={pick} />
      </div>
    </Dialog>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
