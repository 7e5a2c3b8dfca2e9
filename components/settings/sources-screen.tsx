'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { SourceSetting, SourcesView } from '#lib/domain/source-settings.ts';
import { sourcesQuery } from '#lib/queries/sources.ts';
import { SourcePanel } from './source-panel.tsx';
import { SourcesTable } from './sources-table.tsx';

/** Every source of the installation: how it answers, how it signs in, and what can be done about it. */
export function SourcesScreen() {
  const { data } = useQuery(sourcesQuery());
  return data ? <Sources view={data} /> : null;
}

function Sources({ view: { sources } }: { readonly view: SourcesView }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const source = sources.find(({ key }) => key === chosen) ?? sources[0];
  return (
    <main id="main" className="page">
      <title>Sources · Big Green</title>
      <div className="title-row title-row-bare">
        <h1>{titleOf(sources)}</h1>
        <p className="lede">{ledeOf(sources)}</p>
      </div>
      {source ? (
        <div className="settings mt-5">
          <SourcesTable sources={sources} chosen={source.key} onChoose={setChosen} />
          <SourcePanel key={source.key} source={source} />
        </div>
      ) : (
        <p className="mt-4">
          A source comes with a launch’s spec. <Link href="/">Adopt one</Link> first.
        </p>
      )}
    </main>
  );
}

function titleOf(sources: readonly SourceSetting[]): string {
  if (sources.length === 0) return 'No source yet';
  const answering = sources.filter(({ health }) => health === 'answering').length;
  return `Sources: ${answering} of ${sources.length} answer`;
}

function ledeOf(sources: readonly SourceSetting[]): string {
  const dark = sources.filter(({ health }) => health !== 'answering');
  const [first] = dark;
  if (!first) return 'Each is asked once for all launches that read it, as often as their specs say.';
  const rest = dark.length > 1 ? ` and ${dark.length - 1} more do not answer` : ' does not answer';
  return `${first.title}${rest}. What rests on that keeps its last verdict until it is too old; nothing turns red by it.`;
}
