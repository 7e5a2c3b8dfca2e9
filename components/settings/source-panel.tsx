'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Moment } from '#components/time/age.tsx';
import type { SourceSetting } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { sourcesKey } from '#lib/queries/keys.ts';
import { switchSource, testSource } from '#lib/queries/sources.ts';
import { HookForm } from './hook-form.tsx';
import { MoveForm } from './move-form.tsx';
import { ProbeList } from './probe-list.tsx';
import { SourceSpecs } from './source-specs.tsx';
import { healthWord } from './source-words.ts';
import { TokenForm } from './token-form.tsx';

interface Props {
  readonly source: SourceSetting;
  /** Shows the source as which it is read after a move. */
  readonly onMoved: (key: string) => void;
}

/** One source: its launches, a test of its connection, its address, token and webhook, its specs, and its switch. */
export function SourcePanel({ source, onMoved }: Props) {
  const [isMoving, setMoving] = useState(false);
  const client = useQueryClient();
  const test = useMutation({ mutationFn: () => testSource(source.key) });
  const flip = useMutation({
    mutationFn: (to: 'on' | 'off') => switchSource(source.key, to),
    onSuccess: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  const isOff = source.disabledAt !== null;
  return (
    <section aria-label={source.title}>
      <div className="settings-head">
        <h2 className="heading">{source.title}</h2>
        <button
          type="button"
          className="button"
          aria-disabled={test.isPending}
          onClick={() => (test.isPending ? undefined : test.mutate())}
        >
          {test.isPending ? 'Testing' : test.data ? 'Test again' : 'Test connection'}
        </button>
      </div>
      <dl className="pairs">
        <dt>Address</dt>
        <dd className="mono">{source.address}</dd>
        <dt>State</dt>
        <dd>
          {healthWord(source.health)}
          {source.message ? `: ${source.message}` : null}
        </dd>
        <dt>Read by</dt>
        <dd>
          {source.launches.length === 0 ? 'no launch' : null}
          {source.launches.map(({ launch, title, source: as }) => (
            <span key={`${launch} ${as}`} className="block">
              <Link className="link" href={`/launches/${encodeURIComponent(launch)}`}>
                {title}
              </Link>{' '}
              as <code>{as}</code>
            </span>
          ))}
        </dd>
      </dl>
      <div role="status">{test.data ? <ProbeList probe={test.data} /> : null}</div>
      {test.error ? <ProblemNote problem={problemOf(test.error)} /> : null}
      {source.launches.length === 0 ? null : isMoving ? (
        <MoveForm source={source} onMoved={onMoved} onClose={() => setMoving(false)} />
      ) : (
        <button type="button" className="button mt-3" onClick={() => setMoving(true)}>
          Read it at another address
        </button>
      )}
      {source.tokenOrigin === null ? null : <TokenForm source={source} origin={source.tokenOrigin} />}
      {source.hook === null ? null : <HookForm source={source} hook={source.hook} />}
      <SourceSpecs source={source.key} />
      <h3 className="heading mt-5">{isOff ? 'Switched off' : 'Switch off'}</h3>
      <p className="note">
        {source.disabledAt ? (
          <>
            Nobody asks it since <Moment at={source.disabledAt} />. What rests on it grows stale, and blocks.
          </>
        ) : (
          `Nobody asks it then. ${source.items} ${source.items === 1 ? 'item keeps its' : 'items keep their'} last verdict until it is too old, then ${source.items === 1 ? 'it is stale, and blocks' : 'they are stale, and block'}.`
        )}
      </p>
      <button
        type="button"
        className="button mt-2"
        aria-disabled={flip.isPending}
        onClick={() => (flip.isPending ? undefined : flip.mutate(isOff ? 'on' : 'off'))}
      >
        {isOff ? 'Ask it again' : 'Switch this source off'}
      </button>
      {flip.error ? <ProblemNote problem={problemOf(flip.error)} /> : null}
    </section>
  );
}
