'use client';

import { shortDigest } from '#components/board/board-meta.tsx';
import { CheckAgain } from '#components/frame/check-again.tsx';
import { ScreenHead } from '#components/frame/screen-head.tsx';
import type { CoverageView } from '#lib/domain/view.ts';

interface Props {
  readonly view: CoverageView;
  readonly onExport: () => void;
}

/** What coverage comes to in one line, what it rests on, and its two verbs. */
export function CoverageHead({ view, onExport }: Props) {
  const acts = (
    <>
      <button type="button" className="button" onClick={onExport}>
        Export CSV
      </button>
      <CheckAgain launch={view.launch.id} items={view.items} />
    </>
  );
  return (
    <ScreenHead view={view} acts={acts} sources={view.sources}>
      <span>
        Spec <code>{shortDigest(view.launch.specDigest)}</code>
      </span>
      {view.requests === null ? null : (
        <span>
          {view.requests} requests for {view.total} metrics
        </span>
      )}
    </ScreenHead>
  );
}
