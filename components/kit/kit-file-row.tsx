'use client';

import type { KitCorrectionView, KitFileView } from '#lib/domain/kit-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { kitDownload } from '#lib/queries/kit.ts';
import { KitFileDetail } from './kit-file-detail.tsx';
import { RepositoryPlace, RunsPlace } from './places.tsx';

interface Props {
  readonly launch: LaunchHead;
  readonly file: KitFileView;
  readonly corrections: readonly KitCorrectionView[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One file of the kit: how it stands in each place, and how it is had. It opens to where it differs, and its text. */
export function KitFileRow({ launch, file, corrections, isOpen, onToggle }: Props) {
  const { path, title } = file;
  const opened = `file-${path.replace(/\W/g, '-')}`;
  return (
    <li className="kit-file" data-open={isOpen || undefined}>
      <div className="kit-row">
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
        <RepositoryPlace file={file} />
        <RunsPlace runs={file.runs} />
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
