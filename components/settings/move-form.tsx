'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { notify } from '#components/ui/notice.tsx';
import type { MovePreview, SourceSetting } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { launchesKey, sourcesKey } from '#lib/queries/keys.ts';
import { moveSource, previewMove, testAddress } from '#lib/queries/sources.ts';
import { LaunchChoice, readingKey } from './launch-choice.tsx';
import { ProbeList } from './probe-list.tsx';
import { kindWords } from './source-words.ts';
import { TextField } from './text-field.tsx';
import { TokenField } from './token-field.tsx';

interface Props {
  readonly source: SourceSetting;
  /** Shows the source as which it is read then. */
  readonly onMoved: (key: string) => void;
  readonly onClose: () => void;
}

/** Moves a source to another address: first what that does and whether the address answers, then the move. */
export function MoveForm({ source, onMoved, onClose }: Props) {
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const [token, setToken] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(source.launches.map(readingKey)));
  const typed = token.trim() === '' ? null : token;
  const launches = source.launches
    .filter((reading) => chosen.has(readingKey(reading)))
    .map(({ launch, source: as, spec }) => ({ launch, source: as, spec }));
  const look = useMutation({
    mutationFn: async () => {
      const preview = await previewMove(source.key, { to, launches });
      const of = { key: source.key, launches: launches.map(({ launch }) => launch) };
      return { preview, probe: await testAddress({ kind: source.kind, address: to, token: typed, of }) };
    },
  });
  const move = useMutation({
    mutationFn: ({ launches: seen }: MovePreview) =>
      moveSource(source.key, {
        to,
        token: typed,
        launches: seen.map(({ launch, source: as, spec }) => ({ launch, source: as, spec })),
      }),
    onSuccess: async ({ key }) => {
      setToken('');
      await client.invalidateQueries({ queryKey: sourcesKey });
      void client.invalidateQueries({ queryKey: launchesKey });
      notify(`${source.title} is read at ${to} now.`);
      onMoved(key);
    },
    // What was shown is not what there is any more: it is looked at again first.
    onError: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  const anew = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      look.reset();
      move.reset();
    };
  };
  const isReady = to.trim() !== '' && launches.length > 0 && !look.isPending && !move.isPending;
  return (
    <form
      className="settings-form"
      aria-label={`Read ${source.title} at another address`}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) look.mutate();
      }}
    >
      <h3 className="heading">Read it at another address</h3>
      <TextField
        label="New address"
        value={to}
        set={anew(setTo)}
        placeholder={kindWords(source.kind).address}
        mono
        first
      />
      {source.tokenOrigin === null ? null : (
        <TokenField
          label="Token for the new address"
          value={token}
          set={anew(setToken)}
          note="Sent there for the test, and kept only once the source is moved. Empty asks without one."
        />
      )}
      <LaunchChoice of={source.launches} chosen={chosen} set={anew(setChosen)} />
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          className={look.data ? 'button' : 'button button-primary'}
          aria-disabled={!isReady}
        >
          {look.isPending ? 'Looking' : look.data ? 'Look again' : 'See what it does'}
        </button>
        <button type="button" className="button button-ghost" onClick={onClose}>
          Leave it
        </button>
      </div>
      <div role="status">
        {look.data ? (
          <>
            <WhatItDoes preview={look.data.preview} />
            <ProbeList probe={look.data.probe} />
          </>
        ) : null}
      </div>
      {look.error ? <ProblemNote problem={problemOf(look.error)} /> : null}
      {look.data ? (
        <button
          type="button"
          className="button button-primary justify-self-start"
          aria-disabled={move.isPending}
          onClick={() => (move.isPending ? undefined : move.mutate(look.data.preview))}
        >
          {move.isPending ? 'Moving' : 'Move the source'}
        </button>
      ) : null}
      {move.error ? <ProblemNote problem={problemOf(move.error)} /> : null}
    </form>
  );
}

function WhatItDoes({ preview }: { readonly preview: MovePreview }) {
  return (
    <div>
      <h3 className="heading">What the move does</h3>
      <ul className="settings-says">
        {preview.says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {preview.launches.map(({ launch, source, title, blockers }) =>
        blockers.length === 0 ? null : (
          <p key={`${launch} ${source}`} className="note mt-2">
            Blockers of {title}:{' '}
            {blockers.map(({ id, title: item }, n) => (
              <span key={id}>
                {n > 0 ? ', ' : null}
                <Link
                  className="link"
                  href={`/launches/${encodeURIComponent(launch)}/items/${encodeURIComponent(id)}`}
                >
                  {item}
                </Link>
              </span>
            ))}
            .
          </p>
        ),
      )}
    </div>
  );
}
