'use client';

import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { LaunchesView } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { useAdopt } from './use-adopt.ts';

interface Props {
  readonly shipped: LaunchesView['shipped'];
  /** There is no launch yet, so that this is the first thing to do. */
  readonly isFirst: boolean;
}

/** Specs that come with Big Green and are not adopted yet. */
export function ShippedSpecs({ shipped, isFirst }: Props) {
  const adopt = useAdopt();
  if (shipped.length === 0) return null;
  return (
    <section className="block-line" aria-labelledby="shipped">
      <h2 id="shipped" className="heading">
        Shipped specs
      </h2>
      <p className="text-ink-2">Adopted as they stand, with the addresses that the spec names.</p>
      <ul className="mt-3 grid gap-2">
        {shipped.map(({ file, title }, at) => (
          <li key={file} className="flex flex-wrap items-center gap-3">
            <button
              type="button"
              className={`button${isFirst && at === 0 ? ' button-primary' : ''}`}
              aria-disabled={adopt.isPending}
              onClick={() => {
                if (!adopt.isPending) adopt.mutate({ origin: { shipped: file }, addresses: {} });
              }}
            >
              Adopt {title}
            </button>
            <code className="text-ink-3">launches/{file}</code>
          </li>
        ))}
      </ul>
      {adopt.error ? <ProblemNote problem={problemOf(adopt.error)} /> : null}
    </section>
  );
}
