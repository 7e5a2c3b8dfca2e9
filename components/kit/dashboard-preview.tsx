'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Age } from '#components/time/age.tsx';
import type { PreviewSpan } from '#lib/domain/kit-view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { previewQuery } from '#lib/queries/kit.ts';
import { PanelFigure } from './panel-figure.tsx';

const spans: readonly { readonly span: PreviewSpan; readonly word: string }[] = [
  { span: '15m', word: '15 min' },
  { span: '1h', word: '1 h' },
  { span: '6h', word: '6 h' },
  { span: '24h', word: '24 h' },
  { span: 'spec', word: 'As it opens' },
];

interface Props {
  readonly launch: string;
  readonly dashboard: string;
}

/** A dashboard as operators will see it: its panels on their grid, drawn from what Prometheus has now. */
export function DashboardPreview({ launch, dashboard }: Props) {
  const [span, setSpan] = useState<PreviewSpan>('1h');
  const { data, error, isFetching, refetch } = useQuery({
    ...previewQuery(launch, dashboard, span),
    placeholderData: (before) => before,
  });
  return (
    <section className="mt-3" aria-label="The dashboard, drawn from live data" aria-busy={isFetching}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a box that nobody needs here */}
        <div className="segment" role="group" aria-label="Time drawn">
          {spans.map((one) => (
            <button
              key={one.span}
              type="button"
              className="button button-ghost"
              aria-pressed={span === one.span}
              onClick={() => setSpan(one.span)}
            >
              {one.word}
            </button>
          ))}
        </div>
        <button type="button" className="button button-ghost" onClick={() => void refetch()}>
          Draw again
        </button>
        <p className="meta" role="status">
          {isFetching ? <span>Asking Prometheus, one request a panel</span> : null}
          {data && !isFetching ? (
            <span>
              {data.sentence} {data.source}, <Age at={data.at} /> ago
            </span>
          ) : null}
        </p>
      </div>
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      {data ? (
        <ul className="panels" aria-label={`Panels of ${data.title}`}>
          {data.panels.map((panel) => (
            <PanelFigure key={panel.id} panel={panel} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
