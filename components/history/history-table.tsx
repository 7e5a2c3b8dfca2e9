'use client';

import { Moment } from '#components/time/age.tsx';
import type { HistoryPoint } from '#lib/domain/history.ts';

const counts = ['added', 'removed', 'reworded', 'moved', 'ticked', 'unticked'] as const;

/** Each version, newest first: what it left, and what it changed. */
export function HistoryTable({ points }: { readonly points: readonly HistoryPoint[] }) {
  return (
    <details className="disclose mt-3" open={points.length <= 12}>
      <summary>Each version</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="scroller mt-2 max-h-112 overflow-y-auto" tabIndex={0} aria-label="Each version">
        <table className="table history-table">
          <thead>
            <tr>
              <th scope="col">Commit</th>
              <th scope="col">When</th>
              <th scope="col">Done</th>
              {counts.map((count) => (
                <th key={count} scope="col">
                  {count.charAt(0).toUpperCase() + count.slice(1)}
                </th>
              ))}
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.commit}>
                <th scope="row">
                  <code>{point.commit.slice(0, 7)}</code>
                </th>
                <td>
                  <Moment at={point.at} />
                </td>
                <td className="whitespace-nowrap">
                  {point.done} of {point.total}
                </td>
                {counts.map((count) => (
                  <td
                    key={count}
                    className={count === 'unticked' && point[count] > 0 ? 'text-fail' : undefined}
                  >
                    {point[count] === 0 ? <span className="text-ink-3">–</span> : point[count]}
                  </td>
                ))}
                <td className="min-w-48 wrap-anywhere">{point.subject}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
