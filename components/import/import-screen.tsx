'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { problemOf } from '#lib/queries/api.ts';
import { type GivenText, importChecklist } from '#lib/queries/verbs.ts';
import { DocumentField } from './document-field.tsx';
import { Imported } from './imported.tsx';

const none: GivenText = { content: '', name: 'checklist.md' };

/** Import: a Markdown checklist becomes the draft of a spec, and what was not understood is listed. */
export function ImportScreen() {
  const [given, setGiven] = useState(none);
  const [previous, setPrevious] = useState<GivenText | null>(null);
  const [title, setTitle] = useState('');
  const [target, setTarget] = useState('');
  const read = useMutation({ mutationFn: importChecklist });
  const isReady = given.content.trim() !== '' && !read.isPending;
  const start = (): void => {
    if (!isReady) return;
    read.mutate({
      document: given,
      ...(previous && previous.content.trim() !== '' ? { previous } : {}),
      ...(title.trim() === '' ? {} : { title: title.trim() }),
      ...(target === '' ? {} : { targetAt: `${target}:00Z` }),
    });
  };
  return (
    <main id="main" className="page">
      <title>Import a checklist · Big Green</title>
      <div className="title-row title-row-bare">
        <h1>Import a checklist</h1>
        <p className="lede">
          A Markdown checklist becomes the draft of a spec: headings become tracks, boxes items, ticks claims
          that evidence has yet to show. Nothing is kept until you adopt the draft.
        </p>
      </div>
      <form
        className="import-form mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <DocumentField
          label="The checklist, as Markdown"
          accept=".md,.markdown,.txt"
          rows={12}
          given={given}
          set={setGiven}
        />
        <details className="disclose mt-4">
          <summary>Its title and target; the version before, to keep identities and see what changed</summary>
          <div className="import-more">
            <label>
              Title of the launch; empty takes the document’s first heading
              <input
                className="field"
                value={title}
                autoComplete="off"
                onChange={({ target: field }) => setTitle(field.value)}
              />
            </label>
            <label>
              Target, UTC
              <input
                className="field"
                type="datetime-local"
                value={target}
                onChange={({ target: field }) => setTarget(field.value)}
              />
            </label>
          </div>
          <DocumentField
            label="The version before: the Markdown as it was, or the draft that was made of it"
            accept=".md,.markdown,.txt,.yaml,.yml"
            rows={6}
            given={previous ?? { content: '', name: 'checklist-before.md' }}
            set={setPrevious}
          />
        </details>
        <div className="mt-4 flex flex-wrap gap-2">
          <button type="submit" className="button button-primary" aria-disabled={!isReady}>
            {read.isPending ? 'Reading' : 'Read it in'}
          </button>
          <Link className="button button-ghost" href="/">
            Back to launches
          </Link>
        </div>
      </form>
      {read.error ? <ProblemNote problem={problemOf(read.error)} /> : null}
      {read.data ? <Imported read={read.data} /> : null}
    </main>
  );
}
