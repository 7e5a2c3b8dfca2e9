'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Age, Moment } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { Probe, SourceSetting } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { sourcesKey } from '#lib/queries/keys.ts';
import { switchSource, testSource } from '#lib/queries/sources.ts';
import { HookForm } from './hook-form.tsx';
import { healthWord, probeShape, probeWord } from './source-words.ts';
import { TokenForm } from './token-form.tsx';

/** One source: its launches, a test of its connection, its token, its webhook, and its switch. */
export function SourcePanel({ source }: { readonly source: SourceSetting }) {
  const client = useQueryClient();
  const test = useMutation({ mutationFn: () => testSource(source.key) });
  const flip = useMutation({
    mutationFn: (to: 'on' | 'off') => switchSource(source.key, to),
    onSuccess: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  const isOff = source.disabledAt !== null;
  return (
    <section className="settings-panel" aria-label={source.title}>
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
        <dt>Stands</dt>
        <dd>
          {healthWord(source.health)}
          {source.message ? `: ${source.message}` : null}
        </dd>
        <dt>Read by</dt>
        <dd>
          {source.launches.map(({ id, title, source: as }) => (
            <span key={`${id} ${as}`} className="block">
              <Link href={`/launches/${encodeURIComponent(id)}`}>{title}</Link> as <code>{as}</code>
            </span>
          ))}
        </dd>
      </dl>
      <div role="status">{test.data ? <Found probe={test.data} /> : null}</div>
      {test.error ? <ProblemNote problem={problemOf(test.error)} /> : null}
      {source.tokenOrigin === null ? null : <TokenForm source={source} origin={source.tokenOrigin} />}
      {source.hook === null ? null : <HookForm source={source} hook={source.hook} />}
      <h3 className="heading mt-5">{isOff ? 'Switched off' : 'Switch off'}</h3>
      <p className="note">
        {source.disabledAt ? (
          <>
            Nobody asks it since <Moment at={source.disabledAt} />. What rests on it grows stale, and blocks.
          </>
        ) : (
          `Nobody asks it then. ${source.items} ${source.items === 1 ? 'item keeps its' : 'items keep their'} last verdict until it is too old, then ${source.items === 1 ? 'it is' : 'they are'} stale, and block.`
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

function Found({ probe }: { readonly probe: Probe }) {
  return (
    <div className="mt-4">
      <h3 className="heading">
        Tested <Age at={probe.testedAt} /> ago
      </h3>
      <ul className="settings-probe">
        {probe.parts.map(({ name, state, says, tookMs }) => (
          <li key={name}>
            <Shape of={probeShape(state)} size="small" label={probeWord(state)} />
            <span className="text-ink-3">{name}</span>
            <span className="min-w-0 wrap-anywhere">{says}</span>
            <span className="text-right text-ink-3 tabular-nums">
              {tookMs === null ? '' : `${tookMs} ms`}
            </span>
          </li>
        ))}
      </ul>
      {probe.note ? <p className="note mt-2">{probe.note}</p> : null}
    </div>
  );
}
