'use client';

import { Age } from '#components/time/age.tsx';
import { useNow } from '#components/time/clock.ts';
import { formatSpan } from '#components/time/format.ts';
import type { SourceSetting } from '#lib/domain/source-settings.ts';

/** When a source answered last; where it does not, since when, and when it is asked next. */
export function LastAnswer({ source }: { readonly source: SourceSetting }) {
  const { quietUntil, nextTryAt } = source;
  const next = useNow((nowMs) => nextWords(quietUntil, nextTryAt, nowMs));
  return (
    <>
      <Since source={source} />
      {next !== '' && (quietUntil !== null || source.health === 'silent' || source.health === 'nonsense') ? (
        <span className="block text-meta text-ink-3">{next}</span>
      ) : null}
    </>
  );
}

function Since({ source: { health, lastAnsweredAt, silentSince, disabledAt } }: Props) {
  switch (health) {
    case 'answering':
      return lastAnsweredAt ? <Age at={lastAnsweredAt} /> : 'never';
    case 'silent':
      return (
        <span className="text-unknown">
          silent
          {silentSince ? (
            <>
              {' '}
              for <Age at={silentSince} />
            </>
          ) : null}
        </span>
      );
    case 'nonsense':
      return <span className="text-unknown">cannot be read</span>;
    case 'never-asked':
      return 'not asked yet';
    case 'unread':
      return 'not read';
    case 'not-asked':
      return (
        <span className="text-stale">
          not asked
          {lastAnsweredAt ? (
            <>
              {' '}
              for <Age at={lastAnsweredAt} />
            </>
          ) : null}
        </span>
      );
    case 'disabled':
      return (
        <span className="text-stale">
          off
          {disabledAt ? (
            <>
              {' '}
              for <Age at={disabledAt} />
            </>
          ) : null}
        </span>
      );
  }
}

interface Props {
  readonly source: SourceSetting;
}

function nextWords(quietUntil: string | null, nextTryAt: string | null, nowMs: number): string {
  const quietMs = quietUntil === null ? 0 : Date.parse(quietUntil) - nowMs;
  if (quietMs > 0) return `asked to wait, ${formatSpan(quietMs)} more`;
  const waitMs = nextTryAt === null ? 0 : Date.parse(nextTryAt) - nowMs;
  return waitMs > 0 ? `next try in ${formatSpan(waitMs)}` : '';
}
