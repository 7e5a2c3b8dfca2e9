'use client';

import Link from 'next/link';
import { Age } from '#components/time/age.tsx';
import { copyText } from '#components/ui/copy.ts';
import { Prose } from '#components/ui/prose.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { CheckView, ItemView } from '#lib/domain/view.ts';
import { AskingLine } from './asking-line.tsx';
import type { Asking } from './use-check-item.ts';

interface Props {
  readonly view: ItemView;
  readonly decides: CheckView | null;
  readonly asking: Asking;
  readonly ask: () => void;
}

/** Where it stands, its state in words, and what can be done about it. */
export function ItemHead({ view, decides, asking, ask }: Props) {
  const { row, launch } = view;
  const isAsking = asking.kind === 'asking';
  return (
    <>
      <Crumb view={view} />
      <div className="title-row">
        <Shape of={row.state} size="large" label={wordOf(row.state)} />
        <h1>{row.title}</h1>
        <div className="acts">
          <button type="button" className="button" onClick={() => void copyText(location.href, 'Link')}>
            Copy link <kbd>L</kbd>
          </button>
          <button type="button" className="button button-primary" aria-disabled={isAsking} onClick={ask}>
            {isAsking ? 'Asking' : 'Check again'} <kbd>R</kbd>
          </button>
        </div>
        <p className="lede">
          <b className={`is-${row.state}`}>{wordOf(row.state)}.</b>{' '}
          <Prose text={decides ? decides.sentence : `${row.fact.lead} ${row.fact.rest}`} />
        </p>
        <div className="meta">
          <span className="capitalize">{row.level}</span>
          <span>{row.due ? `Due ${row.phase}` : `Due ${row.phase}, not yet: it does not block`}</span>
          <span>{row.owner ? `Owner ${row.owner}` : 'Nobody owns it yet'}</span>
          <span>
            {row.kinds.length === 1 ? 'Check ' : 'Checks '}
            <code>{row.kinds.join(', ')}</code>
          </span>
          <span>
            {launch.candidate ? (
              <>
                Candidate <code>{launch.candidate.commit.slice(0, 7)}</code>
              </>
            ) : (
              'No candidate is pinned'
            )}
          </span>
          {row.since ? (
            <span>
              {wordOf(row.state)} for <Age at={row.since} />
            </span>
          ) : null}
        </div>
        <div className="col-start-2 -col-end-1">
          <AskingLine of={asking} />
        </div>
      </div>
    </>
  );
}

function Crumb({ view }: { readonly view: ItemView }) {
  const { launch, track, row, neighbours } = view;
  const base = `/launches/${launch.id}`;
  const steps = [
    ['Previous', neighbours.previous],
    ['Next', neighbours.next],
  ] as const;
  return (
    <nav className="crumb" aria-label="Where you are">
      <Link className="link" href={base}>
        Board
      </Link>
      <span aria-hidden="true">/</span>
      <Link className="link" href={`${base}?track=${track.id}`}>
        {track.title}
      </Link>
      <span aria-hidden="true">/</span>
      <code>{row.id}</code>
      <span className="ml-auto flex gap-4">
        {steps.map(([word, id]) =>
          id === null ? null : (
            <Link key={word} className="link" href={`${base}/items/${id}`} prefetch={false}>
              {word}
            </Link>
          ),
        )}
      </span>
    </nav>
  );
}
