'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { compareLines, type DiffLine } from '#components/ui/diff-lines.ts';
import { DiffList } from '#components/ui/diff-list.tsx';
import type { KitTexts } from '#lib/domain/kit-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { kitTextQuery } from '#lib/queries/kit.ts';

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
      <DiffList lines={lines} label={`Lines of ${path} that differ`} />
    </div>
  );
}

function compare({ placed, repository }: KitTexts): readonly DiffLine[] | null {
  if (repository === null || placed === null) return null;
  return compareLines(repository, placed);
}

function count(lines: readonly DiffLine[], kind: DiffLine['kind']): number {
  return lines.filter((line) => line.kind === kind).length;
}
