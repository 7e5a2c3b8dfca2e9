'use client';

import { useMemo } from 'react';
import { copyText } from '#components/ui/copy.ts';
import { compareLines } from '#components/ui/diff-lines.ts';
import { DiffList } from '#components/ui/diff-list.tsx';
import { saveText } from '#components/ui/save.ts';
import type { SpecChangePreview } from '#lib/domain/source-settings.ts';

/** What a change of a source makes of a spec: what it means, and the lines. The whole text is there to be saved. */
export function SpecDifference({ preview }: { readonly preview: SpecChangePreview }) {
  const { before, text, name, says, snippet } = preview;
  const lines = useMemo(() => compareLines(before, text), [before, text]);
  const file = name.split(' ')[0]?.split('/').at(-1) ?? 'spec.yaml';
  return (
    <div className="grid gap-3">
      <div>
        <h3 className="heading">What changes</h3>
        <ul className="settings-says">
          {says.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      {lines ? <DiffList lines={lines} label={`Lines of ${file} that change`} /> : null}
      {snippet ? <Snippet text={snippet} /> : null}
      <button
        type="button"
        className="button justify-self-start"
        onClick={() => saveText(file, text, 'application/yaml')}
      >
        Download {file}
      </button>
    </div>
  );
}

function Snippet({ text }: { readonly text: string }) {
  return (
    <div>
      <h3 className="heading">To have it read</h3>
      <p className="note">
        Write an item like this one under the <code>items</code> of a track, and adopt that.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className="code mt-2" tabIndex={0}>
        {text}
      </pre>
      <button type="button" className="button mt-2" onClick={() => void copyText(text, 'Item')}>
        Copy the item
      </button>
    </div>
  );
}
