'use client';

import Link from 'next/link';
import { Moment, Until } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { LaunchRow as LaunchRowData } from '#lib/domain/view.ts';
import { Trend } from './trend.tsx';

const shapeOf = { 'not-ready': 'fail', 'cannot-tell': 'unknown', 'ready-for-review': 'ready' } as const;

/** One launch at a glance: readiness, blockers left, target, trend. */
export function LaunchRow({ row }: { readonly row: LaunchRowData }) {
  const { readiness, candidate, silentSources } = row;
  return (
    <li className="launch">
      <Shape of={shapeOf[readiness.kind]} size="large" />
      <div className="min-w-0">
        <h2>
          <Link href={`/launches/${row.id}`}>{row.title}</Link>
        </h2>
        <p className="meta">
          {candidate ? (
            <span>
              <code>{candidate.commit.slice(0, 7)}</code>, {candidate.ref}
            </span>
          ) : (
            <span>No candidate is pinned</span>
          )}
          {silentSources.length > 0 ? (
            <span className="text-unknown">{silentSources.join(', ')} silent</span>
          ) : null}
        </p>
      </div>
      <div className="min-w-0">
        <b className="font-medium">{readiness.title}</b>
        <p>{readiness.why}</p>
      </div>
      <Trend ready={row.trend} blockers={readiness.blockers} />
      <div>
        <b className="font-medium">
          <Moment at={row.targetAt} />
        </b>
        <p>
          Target <Until at={row.targetAt} />
        </p>
      </div>
    </li>
  );
}
