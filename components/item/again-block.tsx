'use client';

import { copyText } from '#components/ui/copy.ts';
import { webHref } from '#components/ui/web-href.ts';
import type { Judgement } from '#lib/domain/judgement.ts';

type Again = NonNullable<Judgement['again']>;

const titles: Readonly<Record<Again['language'], string>> = {
  promql: 'Deciding query',
  url: 'Deciding address',
  git: 'Deciding file',
  none: 'What decides',
};

const opens: Readonly<Record<Again['language'], string>> = {
  promql: 'Open in Prometheus',
  url: 'Open',
  git: 'Open',
  none: 'Open',
};

interface Props {
  readonly again: Again;
  /** Id of its check: a page may hold several. */
  readonly check: string;
}

/** The resolved query or address that anyone can run again; the part at fault is marked. */
export function AgainBlock({ again, check }: Props) {
  const title = titles[again.language];
  const href = webHref(again.href);
  return (
    <section className="mt-4">
      <div className="heading-row">
        <h3 className="heading">{title}</h3>
        <span className="end acts flex gap-2">
          <button
            type="button"
            className="button button-ghost"
            onClick={() => void copyText(again.text, again.language === 'promql' ? 'Query' : 'Text')}
          >
            Copy
          </button>
          {href === undefined ? null : (
            <a className="button button-ghost" href={href} target="_blank" rel="noreferrer">
              {opens[again.language]}
            </a>
          )}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="code" tabIndex={0} aria-label={`${title} of ${check}`}>
        <Marked text={again.text} fault={again.fault} />
      </section>
    </section>
  );
}

function Marked({ text, fault }: { readonly text: string; readonly fault: string | null }) {
  const at = fault ? text.indexOf(fault) : -1;
  if (fault === null || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{fault}</mark>
      {text.slice(at + fault.length)}
    </>
  );
}
