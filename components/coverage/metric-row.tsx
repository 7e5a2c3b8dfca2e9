'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { SeriesChart } from '#components/chart/series-chart.tsx';
import { Age, Moment } from '#components/time/age.tsx';
import { copyText } from '#components/ui/copy.ts';
import { Shape, Tick } from '#components/verdict/shape.tsx';
import type { CoverageCell, CoverageRow } from '#lib/domain/view.ts';
import { AlertsOver } from './alert-cell.tsx';

interface Props {
  readonly launch: string;
  readonly row: CoverageRow;
  readonly at: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

const columns = 9;

/** One metric: what is there and what is not, and why. It opens to its series as a graph. */
export function MetricRow({ launch, row, at, isOpen, onToggle }: Props) {
  const opened = `metric-${row.metric}`;
  return (
    <>
      <tr data-hole={row.whole ? undefined : ''}>
        <th scope="row">
          <button
            type="button"
            className="metric"
            aria-expanded={isOpen}
            aria-controls={opened}
            onClick={onToggle}
          >
            {row.metric}
          </button>
          {row.why === '' ? null : <p className="narrow-why">{row.why}</p>}
        </th>
        <td className="wide text-ink-2">
          <code>{row.labels.join(', ')}</code>
        </td>
        <td className="wide text-ink-2">{row.type}</td>
        <Cell of={row.declared} isWide />
        <Cell of={row.emitted} />
        <Cell of={row.panel} />
        <Cell of={row.alert}>
          {row.alerts.length > 0 ? <AlertsOver launch={launch} alerts={row.alerts} isBrief /> : null}
        </Cell>
        <Cell of={row.runbook} />
        <td className="why">{row.why}</td>
      </tr>
      {isOpen ? (
        <tr className="opened" id={opened}>
          <td colSpan={columns}>
            <Opened launch={launch} row={row} at={at} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

interface CellProps {
  readonly of: CoverageCell;
  readonly isWide?: boolean;
  readonly children?: ReactNode;
}

function Cell({ of, isWide = false, children }: CellProps) {
  return (
    <td className={isWide ? 'cell wide' : 'cell'} title={of.note ?? undefined}>
      <span className="aged">
        <CellShape state={of.state} />
        {of.silentSince ? (
          <>
            <span className="sr-only">silent for</span>
            <Age at={of.silentSince} />
          </>
        ) : null}
      </span>
      {children}
    </td>
  );
}

function CellShape({ state }: { readonly state: CoverageCell['state'] }) {
  switch (state) {
    case 'there':
      return <Tick label="there" />;
    case 'hole':
      return <Shape of="fail" label="hole" />;
    case 'unknown':
      return <Shape of="unknown" label="unknown" />;
    case 'declared':
      return <span className="declared">declared</span>;
    case 'not-required':
      return (
        <>
          <span aria-hidden="true" className="text-ink-3">
            –
          </span>
          <span className="sr-only">not required</span>
        </>
      );
  }
}

interface OpenedProps {
  readonly launch: string;
  readonly row: CoverageRow;
  readonly at: string;
}

function Opened({ launch, row, at }: OpenedProps) {
  return (
    <div className="grid max-w-2xl gap-3">
      {row.line.length > 1 ? (
        <SeriesChart
          name={row.metric}
          points={row.line}
          limit={null}
          silentSince={row.emitted.silentSince}
          at={at}
        />
      ) : (
        <p className="text-ink-2">There is no series to draw.</p>
      )}
      {row.alerts.length > 0 ? <AlertsOver launch={launch} alerts={row.alerts} /> : null}
      <p className="meta">
        <span>
          {row.type}
          {row.labels.length > 0 ? (
            <>
              {' by '}
              <code>{row.labels.join(', ')}</code>
            </>
          ) : null}
        </span>
        {row.lastSampleAt ? (
          <span>
            Last sample <Moment at={row.lastSampleAt} />
          </span>
        ) : (
          <span>No sample was seen</span>
        )}
        {notesOf(row).map((note) => (row.why.includes(note) ? null : <span key={note}>{note}</span>))}
        <button type="button" className="link" onClick={() => void copyText(row.query, 'Query')}>
          Copy the query
        </button>
        {row.places.map(({ name, file }) => (
          <Link
            key={name}
            className="link"
            href={`/launches/${launch}/kit?file=${encodeURIComponent(file)}`}
            prefetch={false}
          >
            {`The ${name}`}
          </Link>
        ))}
        {row.item ? (
          <Link className="link" href={`/launches/${launch}/items/${row.item}`} prefetch={false}>
            The item that asks for it
          </Link>
        ) : null}
      </p>
    </div>
  );
}

/** Each once: two columns may rest on one source that is dark. */
function notesOf({ emitted, panel, alert, runbook }: CoverageRow): readonly string[] {
  return [...new Set([emitted, panel, alert, runbook].flatMap(({ note }) => note ?? []))];
}
