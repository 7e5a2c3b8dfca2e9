'use client';

import { useQuery } from '@tanstack/react-query';
import { structuredPatch } from 'diff';
import { useMemo } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { KitTexts } from '#lib/domain/kit-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { kitTextQuery } from '#lib/queries/kit.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';

interface Props {
  readonly launch: LaunchHead;
  readonly path: string;
}

/** What the kit's file would change in the repository's, line by line. */
export function KitLines({ launch, path }: Props) {
  const { data, error } = useQuery(kitTextQuery(launch, path));
  const lines = useMemo(() => (data ? compare(data) : null), [data]);
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <p className="mt-3 text-ink-3">Reading</p>;
  if (lines === null)
    return <p className="mt-3 text-ink-2">The repository’s file cannot be compared line by line.</p>;
  if (lines.length === 0) return <p className="mt-3 text-ink-2">Every line is the same.</p>;
  return (
    <div className="mt-3">
      <h3 className="heading mb-2">
        From the repository’s file to the kit’s: {count(lines, 'removed')} lines go, {count(lines, 'added')}{' '}
        come
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="code kit-diff max-h-112" tabIndex={0} aria-label={`Lines of ${path} that differ`}>
        <ol>
          {lines.map((line) => (
            <li key={`${line.kind} ${line.repository} ${line.kit}`} data-kind={line.kind}>
              <span className="kit-diff-at" aria-hidden="true">
                {line.repository ?? ''}
              </span>
              <span className="kit-diff-at" aria-hidden="true">
                {line.kit ?? ''}
              </span>
              <span className="sr-only">{words[line.kind]}</span>
              <code>{`${signs[line.kind]} ${line.text}`}</code>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const signs = { removed: '-', added: '+', same: ' ', gap: '…' } as const;
const words = { removed: 'Goes:', added: 'Comes:', same: '', gap: 'Lines between are the same' } as const;
/** Two files that have little in common are not worth more of a reader's time. */
const limits = { context: 3, timeout: 2000 };

function compare({ placed, repository }: KitTexts): readonly DiffLine[] | null {
  if (repository === null || placed === null) return null;
  const patch = structuredPatch('repository', 'kit', repository, placed, '', '', limits);
  return patch ? diffLines(patch.hunks) : null;
}

function count(lines: readonly DiffLine[], kind: DiffLine['kind']): number {
  return lines.filter((line) => line.kind === kind).length;
}
