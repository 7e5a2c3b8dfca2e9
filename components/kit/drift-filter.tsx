'use client';

import { Shape } from '#components/verdict/shape.tsx';
import type { KitFileDrift, KitFileView } from '#lib/domain/kit-view.ts';
import { driftWords } from './place-words.ts';

interface Props {
  readonly files: readonly KitFileView[];
  readonly show: KitFileDrift | null;
  readonly setShow: (show: KitFileDrift | null) => void;
}

/** Whether some places of a file disagree, to choose by. */
export const drifts = Object.keys(driftWords) as readonly KitFileDrift[];

/** How many files have drifted, may have, and have not. */
export function DriftFilter({ files, show, setShow }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a box that nobody needs here
    <div className="segment mt-4 border-t border-line pt-3" role="group" aria-label="Files">
      <button
        type="button"
        className="button button-ghost"
        aria-pressed={show === null}
        onClick={() => setShow(null)}
      >
        All <span className="n">{files.length}</span>
      </button>
      {drifts.map((drift) => {
        const count = files.filter((file) => file.drift === drift).length;
        const { of, word } = driftWords[drift];
        return count === 0 && show !== drift ? null : (
          <button
            key={drift}
            type="button"
            className="button button-ghost"
            aria-pressed={show === drift}
            onClick={() => setShow(show === drift ? null : drift)}
          >
            <Shape of={of} size="small" /> {word} <span className="n">{count}</span>
          </button>
        );
      })}
    </div>
  );
}
