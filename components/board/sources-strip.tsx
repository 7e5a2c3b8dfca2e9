'use client';

import { useSeenAt } from '#components/live/live-store.ts';
import { Age } from '#components/time/age.tsx';
import { useNow } from '#components/time/clock.ts';
import { formatSpan } from '#components/time/format.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { SourceView } from '#lib/domain/view.ts';

interface Props {
  readonly launch: string;
  readonly sources: readonly SourceView[];
}

/** Each source and the age of its last answer. One that does not answer says since when, and when it is tried next. */
export function SourcesStrip({ launch, sources }: Props) {
  const isWell = ({ health }: SourceView) => health === 'answering' || health === 'unread';
  const troubled = sources.filter((source) => !isWell(source) && source.message !== null);
  return (
    <div className="sources-part">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul className="sources" aria-label="Sources" tabIndex={0}>
        {sources.map((source) => (
          <li key={source.id}>
            <SourceSays launch={launch} source={source} />
          </li>
        ))}
      </ul>
      {troubled.map(({ id, title, message }) => (
        <p key={id} className="source-says">
          {message?.startsWith(title) ? null : <b>{title}. </b>}
          {message}
        </p>
      ))}
    </div>
  );
}

function SourceSays({ launch, source }: { readonly launch: string; readonly source: SourceView }) {
  const seenAt = useSeenAt(launch, [source.id], source.lastAnsweredAt);
  const nextTry = useNow((nowMs) => nextTryWords(source.nextTryAt, nowMs));
  switch (source.health) {
    case 'answering':
      return (
        <>
          <Shape of="pass" size="small" label="Answering" />
          <b>{source.title}</b>
          {seenAt ? <Age at={seenAt} className="text-ink-3" /> : null}
        </>
      );
    case 'silent':
      return (
        <>
          <Shape of="unknown" size="small" />
          <b>{source.title}</b>
          <span className="text-unknown">
            silent{' '}
            {source.silentSince ? (
              <>
                for <Age at={source.silentSince} />
              </>
            ) : null}
            {nextTry}
          </span>
        </>
      );
    case 'nonsense':
      return (
        <>
          <Shape of="unknown" size="small" />
          <b>{source.title}</b>
          <span className="text-unknown">cannot be read</span>
        </>
      );
    case 'never-asked':
      return (
        <>
          <Shape of="wait" size="small" />
          <b>{source.title}</b>
          <span className="text-ink-3">not asked yet</span>
        </>
      );
    case 'unread':
      return (
        <>
          <Shape of="wait" size="small" />
          <b>{source.title}</b>
          <span className="text-ink-3">no check reads it</span>
        </>
      );
    case 'disabled':
      return (
        <>
          <Shape of="stale" size="small" />
          <b>{source.title}</b>
          <span className="text-stale">switched off</span>
        </>
      );
    case 'not-asked':
      return (
        <>
          <Shape of="stale" size="small" />
          <b>{source.title}</b>
          <span className="text-stale">
            not asked{' '}
            {source.lastAnsweredAt ? (
              <>
                for <Age at={source.lastAnsweredAt} />
              </>
            ) : null}
          </span>
        </>
      );
  }
}

function nextTryWords(nextTryAt: string | null, nowMs: number): string {
  if (nextTryAt === null) return '';
  const waitMs = Date.parse(nextTryAt) - nowMs;
  return waitMs > 0 ? `, next try in ${formatSpan(waitMs)}` : ', trying';
}
