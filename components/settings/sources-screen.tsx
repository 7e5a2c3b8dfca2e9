'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRef, useState } from 'react';
import type { SourceSetting, SourcesView, SpecChanged } from '#lib/domain/source-settings.ts';
import { sourcesQuery } from '#lib/queries/sources.ts';
import { AddForm } from './add-form.tsx';
import { SourcePanel } from './source-panel.tsx';
import { SourcesTable } from './sources-table.tsx';
import { SpecDifference } from './spec-difference.tsx';

/** Every source of the installation: how it answers, how it signs in, and what can be done about it. */
export function SourcesScreen() {
  const { data } = useQuery(sourcesQuery());
  return data ? <Sources view={data} /> : null;
}

function Sources({ view: { sources, launches } }: { readonly view: SourcesView }) {
  const [chosen, setChosen] = useState(sources[0]?.key ?? null);
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<SpecChanged | null>(null);
  const [kept, setKept] = useState<SourceSetting | null>(null);
  const listed = sources.find(({ key }) => key === chosen);
  if (listed && listed !== kept) setKept(listed);
  // One that somebody else has moved meanwhile stays in sight, with what was just said of it.
  const source = listed ?? (kept?.key === chosen ? kept : sources[0]);
  const panel = useRef<HTMLDivElement>(null);
  const choose = (key: string): void => {
    setChosen(key);
    // Where it stands below the table, it comes into sight: nothing else would show that one was chosen.
    if (matchMedia('(max-width: 979px)').matches) panel.current?.scrollIntoView();
  };
  return (
    <main id="main" className="page">
      <title>Sources · Big Green</title>
      <div className="title-row title-row-bare">
        <h1>{titleOf(sources)}</h1>
        <p className="lede">{ledeOf(sources)}</p>
        {launches.length > 0 && !isAdding ? (
          <div className="acts">
            <button type="button" className="button button-primary" onClick={() => setAdding(true)}>
              Add a source
            </button>
          </div>
        ) : null}
      </div>
      {isAdding ? (
        <AddForm
          launches={launches}
          onClose={() => setAdding(false)}
          onAdded={(changed) => {
            setAdding(false);
            setAdded(changed);
            setChosen(changed.key);
          }}
        />
      ) : null}
      {source ? (
        <div className="settings mt-5">
          <div className="min-w-0">
            <SourcesTable sources={sources} chosen={source.key} onChoose={choose} />
            <h2 className="heading mt-6">Changing a source that blockers rest on</h2>
            <p className="note">
              It weakens what the launch is held to. As long as nobody signs in, one person does it; the
              ledger says what was changed, and which blockers rest on it.
            </p>
          </div>
          <div ref={panel} className="settings-panel">
            {added?.key === source.key ? (
              <div className="mb-5">
                <SpecDifference preview={added} />
              </div>
            ) : null}
            {listed ? null : <p className="note mb-3">No launch reads it at this address any more.</p>}
            <SourcePanel key={source.key} source={source} onMoved={setChosen} />
          </div>
        </div>
      ) : (
        <p className="mt-4">
          A source comes with a launch’s spec.{' '}
          <Link className="link" href="/">
            Adopt one
          </Link>{' '}
          first.
        </p>
      )}
    </main>
  );
}

function titleOf(sources: readonly SourceSetting[]): string {
  if (sources.length === 0) return 'No source yet';
  const asked = sources.filter(({ health }) => health !== 'unread');
  const answering = asked.filter(({ health }) => health === 'answering').length;
  return `Sources: ${answering} of ${asked.length} answer`;
}

function ledeOf(sources: readonly SourceSetting[]): string {
  const unasked = sources.filter(({ health }) => health === 'never-asked');
  const fine = ['answering', 'unread', 'never-asked'];
  const dark = sources.filter(({ health }) => !fine.includes(health));
  const [first] = dark;
  if (!first && unasked[0])
    return `${unasked.map(({ title }) => title).join(', ')}: not asked yet. What rests on that is unknown until it has answered.`;
  if (!first) return 'Each is asked once for all launches that read it, as often as their specs say.';
  const rest = dark.length > 1 ? ` and ${dark.length - 1} more do not answer` : ' does not answer';
  return `${first.title}${rest}. What rests on that keeps its last verdict until it is too old; nothing turns red by it.`;
}
