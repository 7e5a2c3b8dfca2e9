'use client';

import type { ReactNode } from 'react';
import { Age } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { ScreenView, SourceView } from '#lib/domain/view.ts';

interface Props {
  readonly view: ScreenView;
  /** The screen's verbs. */
  readonly acts?: ReactNode;
  /** Those that it rests on: a silent one is said, with its age. */
  readonly sources?: readonly SourceView[];
  /** What it was worked out of, each in an element of its own. */
  readonly children?: ReactNode;
}

/** What a screen comes to: shape, title, sentence, what it rests on, and its verbs. */
export function ScreenHead({ view, acts, sources = [], children }: Props) {
  const silent = sources.flatMap(({ id, title, silentSince }) =>
    silentSince === null ? [] : [{ id, title, silentSince }],
  );
  return (
    <div className="title-row">
      <Shape of={view.verdict} size="large" label={wordOf(view.verdict)} />
      <h1>{view.title}</h1>
      {acts ? <div className="acts">{acts}</div> : null}
      <p className="lede">{view.sentence}</p>
      {children || silent.length > 0 ? (
        <div className="meta">
          {children}
          {silent.map(({ id, title, silentSince }) => (
            <span key={id} className="inline-flex items-center gap-1.5 text-unknown">
              <Shape of="unknown" size="small" />
              <span>
                {title} silent for <Age at={silentSince} />: the last verdict stands with its age
              </span>
            </span>
          ))}
        </div>
      ) : null}
    </div>
  );
}
