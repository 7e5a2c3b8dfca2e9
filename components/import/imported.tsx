'use client';

import { lazy, Suspense, useState } from 'react';
import { copyText } from '#components/ui/copy.ts';
import { Prose } from '#components/ui/prose.tsx';
import { saveText } from '#components/ui/save.ts';
import type { ChecklistImport } from '#lib/domain/checklist.ts';
import { Changes } from './changes.tsx';
import { LineList } from './line-list.tsx';
import { summaryOf } from './summary.ts';

const AdoptForm = lazy(() =>
  import('#components/launches/adopt-form.tsx').then((m) => ({ default: m.AdoptForm })),
);

/** What a checklist came to: its counts, the draft, what it suggests, what changed, what was not understood. */
export function Imported({ read }: { readonly read: ChecklistImport }) {
  const [isAdopting, setAdopting] = useState(false);
  const { draft, launch, assumed, suggested, notUnderstood, changes } = read;
  const name = `${launch.id}.yaml`;
  return (
    <section className="block-line" aria-labelledby="came-to">
      <div className="heading-row">
        <h2 id="came-to" className="text-[1rem]" role="status">
          {summaryOf(read)}
        </h2>
      </div>
      {assumed.length > 0 ? (
        <ul className="import-notes">
          {assumed.map((sentence) => (
            <li key={sentence}>
              <Prose text={sentence} />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        <button
          type="button"
          className="button button-primary"
          aria-expanded={isAdopting}
          onClick={() => setAdopting(!isAdopting)}
        >
          Adopt this draft
        </button>
        <button type="button" className="button" onClick={() => saveText(name, draft, 'application/yaml')}>
          Download {name}
        </button>
        <button type="button" className="button" onClick={() => void copyText(draft, 'Draft')}>
          Copy
        </button>
      </div>
      {isAdopting ? (
        <Suspense fallback={<p className="block-line text-ink-3">Opening the form</p>}>
          <AdoptForm key={draft} given={{ text: draft, name }} onClose={() => setAdopting(false)} />
        </Suspense>
      ) : null}
      <details className="disclose mt-4">
        <summary>The draft, {draft.split('\n').length - 1} lines</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className="code mt-2 max-h-112" tabIndex={0} aria-label="The draft">
          <pre>{draft}</pre>
        </section>
      </details>
      {changes === null ? null : <Changes changes={changes} />}
      <LineList
        title="Not understood"
        says="in no item, check or role; it is not in the draft unless its line says so"
        none="Every line came into an item, a check or a role."
        rows={notUnderstood.map(({ line, endLine, what, text }) => ({ line, endLine, what, text }))}
        isOpen
      />
      <LineList
        title="Suggested checks"
        says="read from commands, names and paths in the document"
        none="Nothing in the document says how an item is verified, so each wants a check of its own."
        rows={suggested.map(({ line, kind, what }) => ({ line, endLine: line, what: kind, text: what }))}
        isOpen={false}
      />
    </section>
  );
}
