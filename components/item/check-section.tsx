'use client';

import { HistoryFold } from '#components/history/history-fold.tsx';
import { useSeenAt } from '#components/live/live-store.ts';
import { Age, Moment } from '#components/time/age.tsx';
import { formatSpan } from '#components/time/format.ts';
import { Prose } from '#components/ui/prose.tsx';
import { Shape, Word } from '#components/verdict/shape.tsx';
import type { CheckView } from '#lib/domain/view.ts';
import { AgainBlock } from './again-block.tsx';
import { Evidence } from './evidence.tsx';
import { History } from './history.tsx';

interface Props {
  readonly launch: string;
  readonly item: string;
  /** The item's title. */
  readonly title: string;
  readonly check: CheckView;
  readonly at: string;
  /** It decides the item, so its sentence stands at the head of the page already. */
  readonly decides: boolean;
  readonly isOpen: boolean;
}

/** One check: what it came to, what decided it, the evidence as people read it, raw below, and its history. */
export function CheckSection({ launch, item, title, check, at, decides, isOpen }: Props) {
  const { judgement } = check;
  return (
    <details className="check block-line" open={isOpen}>
      <summary>
        <Shape of={check.verdict} />
        <h2 className="heading clip">
          {check.title} <code className="font-normal text-ink-3">{check.id}</code>
        </h2>
        <Word of={check.verdict} />
      </summary>
      {decides ? null : (
        <p className="mt-1 text-ink-2 wrap-anywhere">
          <Prose text={check.sentence} />
        </p>
      )}
      <Standing check={check} launch={launch} />
      {judgement?.again ? <AgainBlock again={judgement.again} check={check.id} /> : null}
      <Evidence launch={launch} check={check} title={title} at={at} />
      {check.kind === 'checklist' ? <HistoryFold launch={launch} item={item} check={check.id} /> : null}
      <Raw check={check} />
      <History spans={check.history} />
    </details>
  );
}

/** What is unusual about it, and how old it is. */
function Standing({ check, launch }: { readonly check: CheckView; readonly launch: string }) {
  const seenAt = useSeenAt(
    launch,
    check.source && check.silentSince === null ? [check.source.id] : [],
    check.observedAt,
  );
  return (
    <>
      {check.failing && check.verdict !== 'fail' ? (
        <p className="strip mt-2">
          <Shape of="fail" size="small" />
          <span className="min-w-0 flex-1">
            <b className="font-medium">Failing, not counted yet.</b> {check.failing.sentence} Seen{' '}
            {check.failing.count} times since <Moment at={check.failing.since} />; {check.confirm}.
          </span>
        </p>
      ) : null}
      {check.silentSince ? <Silent check={check} since={check.silentSince} /> : null}
      {check.flapping ? (
        <p className="strip mt-2">
          <Shape of="stale" size="small" />
          <span className="min-w-0 flex-1">
            <b className="font-medium">Flapping.</b> Its verdict keeps changing: see the history below.
          </span>
        </p>
      ) : null}
      <p className="meta mt-1.5">
        {seenAt ? (
          <span>
            Looked <Age at={seenAt} /> ago
            {check.everyMs > 0 ? `, every ${formatSpan(check.everyMs)}` : ''}, may be{' '}
            {formatSpan(check.maxAgeMs)} old
          </span>
        ) : (
          <span>Not looked at yet</span>
        )}
        {check.source ? (
          <span>
            {check.source.title} <code className="wrap-anywhere">{check.source.address}</code>
          </span>
        ) : (
          <span>Reads no source</span>
        )}
        {check.network ? (
          <span>
            Network <code>{check.network}</code>
          </span>
        ) : null}
        <span>{check.confirm.charAt(0).toUpperCase() + check.confirm.slice(1)}</span>
        <span>Spec line {check.specLine}</span>
      </p>
    </>
  );
}

function Silent({ check, since }: { readonly check: CheckView; readonly since: string }) {
  const until = check.observedAt
    ? new Date(Date.parse(check.observedAt) + check.maxAgeMs).toISOString()
    : null;
  const stands = until !== null && check.verdict !== 'unknown' && check.verdict !== 'stale';
  return (
    <p className="strip mt-2">
      <Shape of="unknown" size="small" />
      <span className="min-w-0 flex-1">
        <b className="font-medium text-unknown">
          {check.source?.title ?? 'Its source'} silent for <Age at={since} />.
        </b>{' '}
        {stands ? (
          <>
            The last verdict stands until <Moment at={until} />, then it is unknown.
          </>
        ) : (
          'What it said last is below; it no longer counts.'
        )}
      </span>
    </p>
  );
}

/** Parameters and evidence as they are stored. */
function Raw({ check }: { readonly check: CheckView }) {
  const { judgement, parameters } = check;
  const stored = judgement && { deciding: judgement.deciding, readings: judgement.readings };
  return (
    <details className="disclose mt-4">
      <summary>Parameters and raw evidence</summary>
      <h3 className="heading mt-2">Parameters</h3>
      <Json of={parameters} label={`Parameters of ${check.id}`} />
      {stored ? (
        <>
          <h3 className="heading mt-3">Evidence</h3>
          <Json of={stored} label={`Evidence of ${check.id}`} />
        </>
      ) : null}
    </details>
  );
}

function Json({ of, label }: { readonly of: unknown; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="code mt-1 max-h-96" tabIndex={0} aria-label={label}>
      <pre>{JSON.stringify(of, null, 2)}</pre>
    </section>
  );
}
