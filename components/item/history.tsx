'use client';

import { useState } from 'react';
import { Moment } from '#components/time/age.tsx';
import { useNow, useZone } from '#components/time/clock.ts';
import { formatMoment, formatSpan } from '#components/time/format.ts';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape, Word } from '#components/verdict/shape.tsx';
import { wordInSentence, wordOf } from '#components/verdict/words.ts';
import type { HistorySpan } from '#lib/domain/view.ts';
import { drawSpans } from './history-spans.ts';

const first = 6;

/** Every change of a verdict: a strip of true lengths, then the list, newest first. */
export function History({ spans }: { readonly spans: readonly HistorySpan[] }) {
  const [isWhole, setWhole] = useState(false);
  const begin = spans[0];
  const end = spans.at(-1);
  if (!begin || !end) return null;
  const changes = [...spans].reverse();
  const length = Date.parse(end.to) - Date.parse(begin.from);
  const count = spans.length - 1;
  return (
    <section className="mt-5">
      <div className="heading-row">
        <h3 className="heading">History</h3>
        <span className="text-ink-3">
          {formatSpan(length)}, {count === 1 ? '1 change' : `${count} changes`}
        </span>
        {changes.length > first ? (
          <button
            type="button"
            className="end link"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? 'Newest' : `All ${changes.length}`}
          </button>
        ) : null}
      </div>
      <Strip spans={spans} />
      <ol className="changes">
        {withKeys(isWhole ? changes : changes.slice(0, first), ({ from }) => from).map(([key, span]) => (
          <li key={key}>
            <Shape of={span.verdict} />
            <Word of={span.verdict} />
            <Moment at={span.from} className="text-ink-2" />
            <p>{span.sentence}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Strip({ spans }: { readonly spans: readonly HistorySpan[] }) {
  const zone = useZone();
  const begin = spans[0]?.from ?? '';
  const starts = useNow((nowMs) => formatMoment(begin, nowMs, zone));
  const words = spans.map(({ verdict }) => wordInSentence(verdict)).join(', ');
  return (
    <>
      <div className="history" role="img" aria-label={`Verdicts, oldest first: ${words}`}>
        {withKeys(drawSpans(spans), ({ span }) => span.from).map(([key, { span, share, named }]) => (
          <i key={key} className={`is-${span.verdict}`} style={{ flexGrow: share }} title={span.sentence}>
            {named ? <span>{wordOf(span.verdict)}</span> : null}
          </i>
        ))}
      </div>
      <div className="history-axis" aria-hidden="true">
        <span>{starts}</span>
        <span>now</span>
      </div>
    </>
  );
}
