'use client';

import { shortDigest } from '#components/board/board-meta.tsx';
import { Age } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { CoverageView } from '#lib/domain/view.ts';

interface Props {
  readonly view: CoverageView;
  readonly onExport: () => void;
  readonly onCheck: () => void;
}

/** What coverage comes to in one line, what it rests on, and its two verbs. */
export function CoverageHead({ view, onExport, onCheck }: Props) {
  const dark = view.sources.filter(({ silentSince }) => silentSince !== null);
  return (
    <div className="title-row">
      <Shape of={view.verdict} size="large" label={wordOf(view.verdict)} />
      <h1>{view.title}</h1>
      <div className="acts">
        <button type="button" className="button" onClick={onExport}>
          Export CSV
        </button>
        <button type="button" className="button button-primary" onClick={onCheck}>
          Check again <kbd>R</kbd>
        </button>
      </div>
      <p className="lede">{view.sentence}</p>
      <div className="meta">
        <span>
          Spec <code>{shortDigest(view.launch.specDigest)}</code>
        </span>
        {view.requests === null ? null : (
          <span>
            {view.requests} requests for {view.total} metrics
          </span>
        )}
        {dark.map(({ id, title, silentSince }) => (
          <span key={id} className="inline-flex items-center gap-1.5 text-unknown">
            <Shape of="unknown" size="small" />
            <span>
              {title} silent for {silentSince ? <Age at={silentSince} /> : null}: the last verdict stands with
              its age
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}
