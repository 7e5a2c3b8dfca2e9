'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { copyText } from '#components/ui/copy.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { kitTextQuery } from '#lib/queries/kit.ts';

interface Props {
  readonly launch: LaunchHead;
  readonly path: string;
}

/** The file as the spec yields it, to read and to copy. */
export function KitText({ launch, path }: Props) {
  const { data, error } = useQuery(kitTextQuery(launch, path));
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <p className="mt-3 text-ink-3">Reading</p>;
  return (
    <div className="mt-3">
      <div className="heading-row">
        <h3 className="heading">The kit’s file</h3>
        <button
          type="button"
          className="button button-ghost end"
          onClick={() => void copyText(data.kit, 'File')}
        >
          Copy
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="code max-h-112" tabIndex={0} aria-label={`Text of ${path}`}>
        <pre>{data.kit}</pre>
      </section>
    </div>
  );
}
