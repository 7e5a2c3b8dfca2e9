'use client';

import Link from 'next/link';
import { lazy, Suspense, useState } from 'react';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import { useView } from '#components/live/use-view.ts';
import type { LaunchesView } from '#lib/domain/view.ts';
import { launchesQuery } from '#lib/queries/views.ts';
import { LaunchRow } from './launch-row.tsx';
import { ShippedSpecs } from './shipped-specs.tsx';

const AdoptForm = lazy(() => import('./adopt-form.tsx').then((m) => ({ default: m.AdoptForm })));

/** Every launch, and how to begin one. */
export function LaunchesScreen() {
  const { data, failed } = useView(launchesQuery());
  return data ? <Launches view={data} failed={failed} /> : null;
}

interface Props {
  readonly view: LaunchesView;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

function Launches({ view, failed }: Props) {
  const { launches, shipped } = view;
  const [isAdopting, setAdopting] = useState(false);
  const isEmpty = launches.length === 0;
  return (
    <main id="main" className="page">
      <title>Launches · Big Green</title>
      <BehindStrip failed={failed} />
      <div className="title-row title-row-bare">
        <h1>{isEmpty ? 'No launch yet' : 'Launches'}</h1>
        <p className="lede">
          {isEmpty
            ? 'A launch begins by adopting a spec: one YAML document that says what must be true, and where the evidence is.'
            : summaryOf(launches)}
        </p>
        <div className="acts">
          <button
            type="button"
            className={`button${isEmpty && shipped.length === 0 ? ' button-primary' : ''}`}
            aria-expanded={isAdopting}
            onClick={() => setAdopting(!isAdopting)}
          >
            Adopt a spec
          </button>
          <Link className="button" href="/import">
            Import a checklist
          </Link>
        </div>
      </div>
      {isAdopting ? (
        <Suspense fallback={<p className="block-line text-ink-3">Opening the form</p>}>
          <AdoptForm onClose={() => setAdopting(false)} />
        </Suspense>
      ) : null}
      {isEmpty ? null : (
        <ul className="mt-5 border-t border-line-2">
          {launches.map((row) => (
            <LaunchRow key={row.id} row={row} />
          ))}
        </ul>
      )}
      <ShippedSpecs shipped={shipped} isFirst={isEmpty} />
    </main>
  );
}

function summaryOf(launches: LaunchesView['launches']): string {
  const ready = launches.filter(({ readiness }) => readiness.kind === 'ready-for-review').length;
  const dark = launches.filter(({ readiness }) => readiness.kind === 'cannot-tell').length;
  const open = launches.length - ready - dark;
  const parts = [
    open > 0 ? `${open} not ready` : null,
    dark > 0 ? `${dark} nobody can tell` : null,
    ready > 0 ? `${ready} ready for review` : null,
  ].filter((part) => part !== null);
  return `${parts.join(', ')}.`;
}
