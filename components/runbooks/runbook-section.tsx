'use client';

import Link from 'next/link';
import { lazy, Suspense } from 'react';
import { SilentFor } from '#components/time/silent-for.tsx';
import { Shape, Tick } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { RunbookOnScreen, RunbookSectionView } from '#lib/domain/runbooks-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { AlertList } from './alert-list.tsx';

const RunbookReading = lazy(() =>
  import('./runbook-reading.tsx').then((m) => ({ default: m.RunbookReading })),
);

interface Props {
  readonly launch: LaunchHead;
  readonly runbook: RunbookOnScreen;
  readonly chosen: string | null;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One runbook: its parts, commands and gaps, and the alerts that send people to it. It opens to be read. */
export function RunbookSection({ launch, runbook, chosen, isOpen, onToggle }: Props) {
  const { id, title, file, verdict, sentence, section, item, silentSince, alerts } = runbook;
  const opened = `runbook-${id.replace(/\W/g, '-')}`;
  return (
    <section className="block-line" aria-label={title}>
      <div className="section-head">
        <h2 className="heading">
          <Shape of={verdict} size="small" label={wordOf(verdict)} /> {title}
        </h2>
        <span className="text-ink-3">
          <code>{section ? `${file}:${section.line}` : file}</code>
          {section ? (
            <>
              {' at '}
              <code>{section.commit.slice(0, 7)}</code>
            </>
          ) : null}
        </span>
        {section ? <span className="text-ink-3">{countsOf(section)}</span> : null}
        {item ? (
          <Link
            className="link"
            href={`/launches/${encodeURIComponent(launch.id)}/items/${encodeURIComponent(item)}`}
          >
            Item: <code>{item}</code>
          </Link>
        ) : null}
        <SilentFor since={silentSince} />
      </div>
      {section && verdict !== 'unknown' && verdict !== 'stale' ? null : (
        <p className="text-ink-2">{sentence}</p>
      )}
      {section ? <Parts section={section} /> : null}
      {section && section.gaps.length > 0 ? <Gaps section={section} /> : null}
      {alerts.length === 0 ? (
        <p className="mt-2 text-ink-3">No alert leads here.</p>
      ) : (
        <AlertList
          launch={launch.id}
          label={`Alerts that lead to ${title}`}
          alerts={alerts}
          chosen={chosen}
        />
      )}
      {section ? (
        <button
          type="button"
          className="button runbook-toggle mt-2"
          aria-expanded={isOpen}
          aria-controls={opened}
          onClick={onToggle}
        >
          {isOpen ? 'Close' : 'Read it'}
          <span className="sr-only"> {title}</span>
        </button>
      ) : null}
      {isOpen ? (
        <div id={opened} className="mt-3">
          <Suspense fallback={<p className="text-ink-3">Reading</p>}>
            <RunbookReading launch={launch} runbook={id} title={title} />
          </Suspense>
        </div>
      ) : null}
    </section>
  );
}

function countsOf({ parts, commands, parsed }: RunbookSectionView): string {
  const written = parts.filter(({ state }) => state === 'written').length;
  const blocks = commands === 0 ? 'no commands' : `${parsed} of ${commands} command blocks parse`;
  return `${written} of ${parts.length} parts, ${blocks}`;
}

function Parts({ section }: { readonly section: RunbookSectionView }) {
  return (
    <ul className="runbook-parts" aria-label="Parts">
      {section.parts.map(({ title, state }) => (
        <li key={title}>
          {state === 'written' ? <Tick label="Written" /> : <Shape of="fail" size="small" />} {title}
          {state === 'written' ? null : <span className="word is-fail">{state}</span>}
        </li>
      ))}
    </ul>
  );
}

const gapWords = {
  section: 'Section',
  part: 'Part',
  commands: 'Commands',
  placeholder: 'To be written',
  link: 'Link',
  alert: 'Alert',
} as const;

function Gaps({ section: { gaps, moreGaps } }: { readonly section: RunbookSectionView }) {
  return (
    <ul className="runbook-gaps" aria-label="Gaps">
      {gaps.map(({ about, line, what }) => (
        <li key={`${line} ${what}`}>
          <b className="font-medium">{gapWords[about]}</b>
          <span className="text-ink-3 tabular-nums">{line === 0 ? '' : `line ${line}`}</span>
          <span className="min-w-0 wrap-anywhere">{what}</span>
        </li>
      ))}
      {moreGaps > 0 ? <li>{`${moreGaps} more: see its item.`}</li> : null}
    </ul>
  );
}
