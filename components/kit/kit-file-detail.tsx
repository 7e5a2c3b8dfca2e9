'use client';

import Link from 'next/link';
import { lazy, Suspense, useState } from 'react';
import type { KitCorrectionView, KitFileView } from '#lib/domain/kit-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { Corrections } from './corrections.tsx';
import { Differences } from './differences.tsx';
import { Running } from './running.tsx';

const KitText = lazy(() => import('./kit-text.tsx').then((m) => ({ default: m.KitText })));
const KitLines = lazy(() => import('./kit-lines.tsx').then((m) => ({ default: m.KitLines })));
const DashboardPreview = lazy(() =>
  import('./dashboard-preview.tsx').then((m) => ({ default: m.DashboardPreview })),
);

interface Props {
  readonly launch: LaunchHead;
  readonly file: KitFileView;
  readonly corrections: readonly KitCorrectionView[];
}

type Part = 'preview' | 'text' | 'lines' | 'corrections';

/**
 * Where a file differs, in what runs and in the repository; and on demand, drawn from live data, its text, its lines,
 * the faults it puts right.
 */
export function KitFileDetail({ launch, file, corrections }: Props) {
  const [part, setPart] = useState<Part | null>(null);
  const { differences, dashboard, item } = file;
  const isThere = file.state !== 'missing' && file.state !== 'not-looked-at';
  const parts: readonly { readonly part: Part; readonly word: string }[] = [
    ...(dashboard === null ? [] : [{ part: 'preview', word: 'Draw it from live data' } as const]),
    { part: 'text', word: `Text, ${file.lines} lines` },
    ...(isThere ? [{ part: 'lines', word: 'Compare lines' } as const] : []),
    ...(corrections.length > 0
      ? [{ part: 'corrections', word: `Put right: ${corrections.length}` } as const]
      : []),
  ];
  return (
    <>
      {file.runs.map((place) => (
        <Running key={`${place.where} ${place.item}`} launch={launch.id} place={place} path={file.path} />
      ))}
      {file.runs.length > 0 ? (
        <h3 className="heading mb-2">The repository’s file against the kit’s</h3>
      ) : null}
      {differences.length > 0 ? <Differences file={file} /> : <p className="text-ink-2">{file.fact}.</p>}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {parts.map(({ part: one, word }) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={part === one}
            onClick={() => setPart(part === one ? null : one)}
          >
            {word}
          </button>
        ))}
        {item === null ? null : (
          <Link className="link" href={`/launches/${launch.id}/items/${item}`} prefetch={false}>
            The item that checks it
          </Link>
        )}
      </div>
      <Suspense fallback={<p className="mt-3 text-ink-3">Opening</p>}>
        {part === 'preview' && dashboard !== null ? (
          <DashboardPreview launch={launch.id} dashboard={dashboard} />
        ) : null}
        {part === 'text' ? <KitText launch={launch} path={file.path} /> : null}
        {part === 'lines' ? <KitLines launch={launch} path={file.path} /> : null}
        {part === 'corrections' ? (
          <div className="mt-3">
            <Corrections corrections={corrections} label={`Faults put right in ${file.path}`} />
          </div>
        ) : null}
      </Suspense>
    </>
  );
}
