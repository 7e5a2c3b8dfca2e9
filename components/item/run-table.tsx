'use client';

import type { ReactNode } from 'react';
import { Moment } from '#components/time/age.tsx';
import { formatSpan } from '#components/time/format.ts';
import { webHref } from '#components/ui/web-href.ts';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { JobReading, RunReading } from './runs.ts';

interface Props {
  readonly runs: readonly RunReading[];
  readonly jobs: readonly JobReading[];
  readonly check: string;
}

/** The runs that were looked at, newest first, then the jobs of the candidate's; each with the vendor's page of it. */
export function RunTable({ runs, jobs, check }: Props) {
  return (
    <>
      <Scroller
        name="Runs"
        check={check}
        columns={['Run', 'Outcome', 'Commit', 'Event', 'Branch', 'Started', 'Took']}
      >
        {withKeys(runs, ({ number, commit }) => `${number} ${commit}`).map(([key, run]) => (
          <tr key={key}>
            <th scope="row" className="whitespace-nowrap">
              <VendorLink href={run.href}>{run.number}</VendorLink>
            </th>
            <td>
              <Outcome of={run.outcome} />
              {run.attempt > 1 ? <span className="text-ink-2"> attempt {run.attempt}</span> : null}
              {run.counts ? null : <span className="text-ink-3"> does not count</span>}
            </td>
            <td>
              <code>{run.commit.slice(0, 7)}</code>{' '}
              <span className="text-ink-2 wrap-anywhere">{run.subject}</span>
            </td>
            <td>{run.event}</td>
            <td className="wrap-anywhere">{run.branch}</td>
            <td>{run.startedAt ? <Moment at={run.startedAt} /> : null}</td>
            <td className="whitespace-nowrap">{run.tookMs === null ? null : formatSpan(run.tookMs)}</td>
          </tr>
        ))}
      </Scroller>
      {jobs.length > 0 ? (
        <Scroller name="Jobs of the candidate’s run" check={check} columns={['Job', 'Outcome', 'Took']}>
          {withKeys(jobs, ({ name }) => name).map(([key, job]) => (
            <tr key={key}>
              <th scope="row" className="wrap-anywhere">
                <VendorLink href={job.href}>{job.name}</VendorLink>
              </th>
              <td>
                <Outcome of={job.outcome} />
                {job.mayFail ? <span className="text-ink-3"> may fail</span> : null}
              </td>
              <td className="whitespace-nowrap">{job.tookMs === null ? null : formatSpan(job.tookMs)}</td>
            </tr>
          ))}
        </Scroller>
      ) : null}
    </>
  );
}

interface ScrollerProps {
  readonly name: string;
  readonly check: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}

function Scroller({ name, check, columns, children }: ScrollerProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="scroller" aria-label={`${name} of ${check}`} tabIndex={0}>
      <table className="table">
        <caption className="heading pb-1 text-left">{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

const failed: ReadonlySet<string> = new Set(['failure', 'timed-out', 'startup-failure']);

function Outcome({ of }: { readonly of: string }) {
  const shape = of === 'success' ? 'pass' : failed.has(of) ? 'fail' : 'unknown';
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Shape of={shape} size="small" />
      {of === 'unknown' ? 'not known' : of.replaceAll('-', ' ')}
    </span>
  );
}

function VendorLink({ href, children }: { readonly href: string | null; readonly children: string }) {
  const safe = webHref(href);
  if (safe === undefined) return children;
  return (
    <a className="link" href={safe} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
