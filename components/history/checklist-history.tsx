'use client';

import { useEffect, useRef, useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { ChecklistHistory as History, HistoryPoint } from '#lib/domain/history.ts';
import type { Problem } from '#lib/domain/problem.ts';
import { problemOf } from '#lib/queries/api.ts';
import { readChecklistHistory } from '#lib/queries/history.ts';
import { HistoryChart } from './history-chart.tsx';
import { HistoryTable } from './history-table.tsx';

interface Props {
  readonly launch: string;
  readonly item: string;
  readonly check: string;
}

type Reading =
  | { readonly kind: 'reading'; readonly read: number; readonly of: number | null }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'read'; readonly history: History }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The burn-up that a checklist would have had: read out of Git on demand, with its progress, and to be stopped. */
export function ChecklistHistory({ launch, item, check }: Props) {
  const [reading, setReading] = useState<Reading>({ kind: 'reading', read: 0, of: null });
  const stop = useRef<AbortController | null>(null);
  const start = (): void => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setReading({ kind: 'reading', read: 0, of: null });
    const onProgress = (read: number, of: number): void => setReading({ kind: 'reading', read, of });
    readChecklistHistory({ launch, item, check, signal: controller.signal, onProgress })
      .then((history) => setReading({ kind: 'read', history }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setReading({ kind: 'failed', problem: problemOf(error) });
      });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins once, when it is opened
  useEffect(() => {
    start();
    return () => stop.current?.abort();
  }, []);
  switch (reading.kind) {
    case 'reading':
      return (
        <div className="mt-2 flex items-center gap-3" role="status">
          <span>
            {reading.of === null
              ? 'Looking for versions'
              : reading.read < reading.of
                ? `${reading.read} of ${reading.of} versions read`
                : `${reading.of} versions read; comparing each with the one before`}
          </span>
          <button
            type="button"
            className="button"
            onClick={() => {
              stop.current?.abort();
              setReading({ kind: 'stopped' });
            }}
          >
            Stop
          </button>
        </div>
      );
    case 'stopped':
      return (
        <div className="mt-2 flex items-center gap-3">
          <span>Stopped; nothing was kept.</span>
          <button type="button" className="button" onClick={start}>
            Read again
          </button>
        </div>
      );
    case 'failed':
      return <ProblemNote problem={reading.problem} />;
    case 'read':
      return <Read history={reading.history} />;
  }
}

function Read({ history }: { readonly history: History }) {
  const { points, unread, incomplete, counted } = history;
  const last = points.at(-1);
  const first = points[0];
  if (!last || !first) return <p className="mt-2 text-ink-2">No version of it could be read.</p>;
  const unticked = points.reduce((sum, point) => sum + point.unticked, 0);
  return (
    <>
      <p className="mt-2 text-ink-2">{sentenceOf(first, last, points.length, counted, unticked)}</p>
      {points.length > 1 ? <HistoryChart points={points} counted={counted} /> : null}
      <HistoryTable points={points} />
      {incomplete === null ? null : <p className="note">{incomplete}</p>}
      {unread.length > 0 ? (
        <ul className="note">
          {unread.map(({ commit, why }) => (
            <li key={commit}>
              <code>{commit.slice(0, 7)}</code> {why}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function sentenceOf(
  first: HistoryPoint,
  last: HistoryPoint,
  versions: number,
  counted: History['counted'],
  unticked: number,
): string {
  const now = `${last.done} of ${last.total}`;
  if (versions === 1) return `1 version: ${now} ${counted} done. A line begins with the second.`;
  const again = unticked > 0 ? `; ${unticked} were unticked again on the way` : '';
  return `${versions} versions: ${counted} went from ${first.done} of ${first.total} to ${now}${again}.`;
}
