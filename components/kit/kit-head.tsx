'use client';

import { shortDigest } from '#components/board/board-meta.tsx';
import { ScreenHead } from '#components/frame/screen-head.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { KitView } from '#lib/domain/kit-view.ts';
import { kitDownload } from '#lib/queries/kit.ts';
import { ProposeButton } from './propose-button.tsx';

interface Props {
  readonly view: KitView;
  readonly onAgain: () => void;
}

/** What the kit comes to against the repository, what it rests on, and how it is had. */
export function KitHead({ view, onAgain }: Props) {
  const { launch, repository, unread, files } = view;
  const { candidate } = launch;
  return (
    <ScreenHead
      view={view}
      acts={
        files.length === 0 ? null : (
          <>
            {unread === null && files.some(({ state }) => state !== 'same' && state !== 'on-purpose') ? (
              <a className="button" href={kitDownload.patch(launch.id)} download>
                Patch for git am
              </a>
            ) : null}
            <ProposeButton launch={launch.id} />
            <a className="button button-primary" href={kitDownload.zip(launch.id)} download>
              Download all
            </a>
          </>
        )
      }
    >
      <span>
        Spec <code>{shortDigest(launch.specDigest)}</code>
      </span>
      {repository && candidate ? (
        <span>
          {repository.title} at the candidate <code>{candidate.commit.slice(0, 7)}</code>, {candidate.ref}
        </span>
      ) : null}
      {unread === null ? null : (
        <span className="inline-flex items-baseline gap-1.5 text-unknown">
          <Shape of="unknown" size="small" />
          <span className="min-w-0 wrap-anywhere">{unread}</span>
          <button type="button" className="link" onClick={onAgain}>
            Try again
          </button>
        </span>
      )}
    </ScreenHead>
  );
}
