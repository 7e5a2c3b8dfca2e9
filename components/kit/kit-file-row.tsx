'use client';

import { Shape } from '#components/verdict/shape.tsx';
import type { ShapeName } from '#components/verdict/words.ts';
import type { KitCorrectionView, KitFileState, KitFileView } from '#lib/domain/kit-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { kitDownload } from '#lib/queries/kit.ts';
import { KitFileDetail } from './kit-file-detail.tsx';

interface Props {
  readonly launch: LaunchHead;
  readonly file: KitFileView;
  readonly corrections: readonly KitCorrectionView[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

const states: Readonly<Record<KitFileState, { readonly of: ShapeName; readonly word: string }>> = {
  same: { of: 'pass', word: 'Equal' },
  'on-purpose': { of: 'waived', word: 'On purpose' },
  differs: { of: 'fail', word: 'Differs' },
  missing: { of: 'fail', word: 'Missing' },
  unreadable: { of: 'unknown', word: 'Unreadable' },
  'not-looked-at': { of: 'unknown', word: 'Not compared' },
};

/** One file of the kit: how it stands, and how it is had. It opens to where it differs, its text and its lines. */
export function KitFileRow({ launch, file, corrections, isOpen, onToggle }: Props) {
  const { path, title, state, fact } = file;
  const { of, word } = states[state];
  const opened = `file-${path.replace(/\W/g, '-')}`;
  return (
    <li className="kit-file" data-open={isOpen || undefined}>
      <div className="kit-row">
        <Shape of={of} />
        <span className={`word is-${of}`}>{word}</span>
        <span className="min-w-0">
          <button
            type="button"
            className="kit-name mono"
            aria-expanded={isOpen}
            aria-controls={opened}
            onClick={onToggle}
          >
            {path}
          </button>
          <span className="kit-title">{title}</span>
        </span>
        <span className="kit-fact">{fact}</span>
        <a className="link kit-get" href={kitDownload.file(launch.id, path)} download>
          Download<span className="sr-only"> {path}</span>
        </a>
      </div>
      {isOpen ? (
        <section id={opened} className="kit-detail" aria-label={path}>
          <KitFileDetail launch={launch} file={file} corrections={corrections} />
        </section>
      ) : null}
    </li>
  );
}
