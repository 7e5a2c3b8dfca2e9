'use client';

import { Age, Exact } from '#components/time/age.tsx';
import type { LaunchHead } from '#lib/domain/view.ts';

interface Props {
  readonly launch: LaunchHead;
  /** The instant the board was worked out for: on paper ages stand still. */
  readonly at: string;
  readonly onMove: () => void;
  readonly onCheck: () => void;
}

/** What is judged: candidate and spec; and the two verbs that concern all of it. */
export function BoardMeta({ launch, at, onMove, onCheck }: Props) {
  const { candidate, specDigest } = launch;
  return (
    <div className="meta mt-4 items-center">
      <span>
        {candidate ? (
          <>
            Candidate <code>{candidate.commit.slice(0, 7)}</code>, {candidate.ref}, pinned{' '}
            <Age at={candidate.pinnedAt} /> ago
          </>
        ) : (
          'No candidate is pinned'
        )}
      </span>
      <span>
        Spec <code>{shortDigest(specDigest)}</code>
      </span>
      <span className="hidden print:inline">
        As of <Exact at={at} />
      </span>
      <span className="acts flex gap-2">
        <button type="button" className="button" onClick={onMove}>
          {candidate ? 'Move candidate' : 'Pin candidate'}
        </button>
        <button type="button" className="button" onClick={onCheck}>
          Check all again
        </button>
      </span>
    </div>
  );
}

/** "7be1…0d9a" */
export function shortDigest(digest: string): string {
  const hex = digest.includes(':') ? digest.slice(digest.indexOf(':') + 1) : digest;
  return hex.length > 9 ? `${hex.slice(0, 4)}…${hex.slice(-4)}` : hex;
}
