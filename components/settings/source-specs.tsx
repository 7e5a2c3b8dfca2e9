'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceInSpec, SourceKey } from '#lib/domain/source-settings.ts';
import { sourceSpecsQuery } from '#lib/queries/sources.ts';
import { SpecForm } from './spec-form.tsx';

/** What the specs say of a source, with their lines; it is changed there, and adopted as any version. */
export function SourceSpecs({ source }: { readonly source: string }) {
  const { data } = useQuery(sourceSpecsQuery(source));
  return data?.specs.map((spec) => <InSpec key={`${spec.launch} ${spec.source}`} spec={spec} />);
}

function InSpec({ spec }: { readonly spec: SourceInSpec }) {
  const [isOpen, setOpen] = useState(false);
  const { title, name, line, values, address, text } = spec;
  return (
    <section className="mt-5" aria-label={`In the spec of ${title}`}>
      <h3 className="heading">In the spec of {title}</h3>
      <p className="note wrap-anywhere">
        {line === null ? `${name} does not write it out.` : `${name}, line ${line}.`}
      </p>
      <dl className="pairs mt-2">
        {values.map(({ key, holds, written }) => (
          <Value key={key} of={key} holds={holds} isWritten={written !== null} />
        ))}
        <dt>Address</dt>
        <dd className="mono">{address}</dd>
      </dl>
      {isOpen ? (
        <SpecForm spec={spec} onClose={() => setOpen(false)} />
      ) : (
        <>
          {text === '' ? null : (
            <details className="disclose mt-2">
              <summary>Its lines</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
              <pre className="code mt-2" tabIndex={0}>
                {text}
              </pre>
            </details>
          )}
          <button type="button" className="button mt-2" onClick={() => setOpen(true)}>
            Change it in the spec
          </button>
        </>
      )}
    </section>
  );
}

interface ValueProps {
  readonly of: SourceKey;
  readonly holds: string;
  readonly isWritten: boolean;
}

function Value({ of, holds, isWritten }: ValueProps) {
  return (
    <>
      <dt>{valueNames[of]}</dt>
      <dd>
        {holds}
        {isWritten ? null : <span className="text-ink-3">, not written</span>}
      </dd>
    </>
  );
}

const valueNames: Readonly<Record<SourceKey, string>> = {
  title: 'Title',
  network: 'Network',
  every: 'Asked every',
  timeout: 'Answers within',
};
