'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import { SeriesChart } from '#components/chart/series-chart.tsx';
import { lay, pathOf, thin } from '#components/picture/line.ts';
import { Moment } from '#components/time/age.tsx';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape, Word } from '#components/verdict/shape.tsx';
import { isState } from '#components/verdict/states.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { CheckView } from '#lib/domain/view.ts';
import { alertReadings } from './alerts.ts';
import { DifferenceTable } from './difference-table.tsx';
import { fileDifferences } from './file-differences.ts';
import { PartList } from './part-list.tsx';
import { partsOf } from './parts.ts';
import { type Cell, type Readable, type ReadableTable, readable } from './readable.ts';
import { RuleList } from './rule-list.tsx';

interface Props {
  readonly launch: string;
  readonly check: CheckView;
  /** The item's title: what a drawn line is of. */
  readonly title: string;
  /** The instant the view was made for (ISO). */
  readonly at: string;
}

/** The evidence of a check as people read it: what its picture shows at full size, then its readings. */
export function Evidence({ launch, check, title, at }: Props) {
  const { judgement } = check;
  if (!judgement) return null;
  const { picture } = judgement;
  const alerts = alertReadings(judgement.readings);
  const parts = partsOf(check);
  const differences = check.kind === 'kit-file' ? fileDifferences(judgement.deciding) : [];
  const chart = picture.kind === 'series' && picture.points.length > 1 ? picture : null;
  const readings = readable(besides(check, { isDrawn: chart !== null, hasParts: parts.length > 0 }));
  const states = check.kind === 'items' ? statesOf(judgement.deciding.states) : [];
  const hasReadings = readings.values.length + readings.tables.length + readings.series.length > 0;
  const drawn = [states, alerts, parts, differences].some(({ length }) => length > 0);
  if (!hasReadings && !drawn && chart === null) return null;
  return (
    <div className="mt-4 grid gap-4">
      {chart ? (
        <SeriesChart
          name={title}
          points={chart.points}
          limit={chart.limit}
          silentSince={check.silentSince}
          at={at}
        />
      ) : null}
      {parts.length > 0 ? (
        <PartList title={check.kind === 'runbook' ? 'Parts' : 'Panels'} parts={parts} />
      ) : null}
      {differences.length > 0 ? <DifferenceTable differences={differences} check={check.id} /> : null}
      <InTheKit launch={launch} check={check} />
      {alerts.length > 0 ? <RuleList alerts={alerts} /> : null}
      {states.length > 0 ? <ItemList launch={launch} states={states} /> : null}
      <Readings of={chart ? { ...readings, series: [] } : readings} check={check} at={at} />
    </div>
  );
}

/** Readings that nothing above them shows already. */
function besides(
  { kind, judgement }: CheckView,
  { isDrawn, hasParts }: { readonly isDrawn: boolean; readonly hasParts: boolean },
): JsonObject {
  const readings = judgement?.readings ?? {};
  if (Array.isArray(readings.alerts)) return {};
  if (kind === 'runbook' && hasParts) {
    const { gaps = [], commit = null, commands = 0, parsed = 0 } = readings;
    return { commands: `${parsed} of ${commands} blocks parse`, gaps, commit };
  }
  if (isDrawn && Array.isArray(readings.values) && readings.values.length < 2) {
    return { ...readings, values: [] };
  }
  return readings;
}

/** What the kit can show of the file: it beside the kit's, and a dashboard drawn from live data. */
const kitWords: Readonly<Record<string, string>> = {
  'kit-file': 'Compare it with the kit’s file',
  'dashboard-file': 'Draw the kit’s dashboard from live data',
  runbook: 'Read the kit’s runbook',
};

function InTheKit({ launch, check }: { readonly launch: string; readonly check: CheckView }) {
  const word = kitWords[check.kind];
  const again = check.judgement?.again ?? null;
  if (word === undefined || again?.language !== 'git') return null;
  const path = again.text.slice(again.text.indexOf(':') + 1);
  return (
    <p>
      <Link
        className="link"
        href={`/launches/${launch}/kit?file=${encodeURIComponent(path)}`}
        prefetch={false}
      >
        {word}
      </Link>
    </p>
  );
}

interface ReadingsProps {
  readonly of: Readable;
  readonly check: CheckView;
  readonly at: string;
}

/** Named values, tables and series, whatever the kind of check. */
function Readings({ of, check, at }: ReadingsProps) {
  const { silentSince } = check;
  return (
    <>
      {of.values.length > 0 ? (
        <dl className="pairs">
          {of.values.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd>
                <CellText cell={value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {of.series.slice(0, 3).map(({ name, points }) => (
        <SeriesChart
          key={name}
          name={name === 'Line' ? subjectOf(check) : name}
          points={points}
          limit={null}
          silentSince={silentSince}
          at={at}
        />
      ))}
      {of.series.length > 3 ? <p className="note">{of.series.length - 3} more series.</p> : null}
      {of.tables.map((table) => (
        <EvidenceTable key={table.name} table={table} check={check.id} />
      ))}
    </>
  );
}

function EvidenceTable({ table, check }: { readonly table: ReadableTable; readonly check: string }) {
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="scroller" aria-label={`${table.name} of ${check}`} tabIndex={0}>
        <table className="table">
          <caption className="heading pb-1 text-left">{table.name}</caption>
          <thead>
            <tr>
              {table.columns.map((column, at) => (
                <th key={column} scope="col" data-number={isNumbers(table, at) || undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {withKeys(table.rows, (row) => JSON.stringify(row)).map(([key, row]) => (
              <tr key={key}>
                {withKeys(row, () => 'cell').map(([cellKey, cell], at) => (
                  <td key={cellKey} data-number={isNumbers(table, at) || undefined}>
                    <CellText cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.more > 0 ? (
        <p className="note">{table.more} more; all of them are in the raw evidence.</p>
      ) : null}
    </div>
  );
}

/** A column of numbers stands flush right, so that their sizes compare; the first names its row and does not. */
function isNumbers({ rows }: ReadableTable, at: number): boolean {
  const said = rows.map((row) => row[at]).filter((cell) => cell?.kind !== 'text' || cell.text !== '');
  return at > 0 && said.length > 0 && said.every((cell) => cell?.kind === 'text' && number.test(cell.text));
}

const number = /^-?\d[\d.\u00a0]*( [kMGT]| ms| s)?$/;

function CellText({ cell }: { readonly cell: Cell }) {
  switch (cell.kind) {
    case 'verdict':
      return (
        <span className="inline-flex items-center gap-1.5">
          <Shape of={cell.verdict} size="small" />
          <Word of={cell.verdict} />
        </span>
      );
    case 'instant':
      return <Moment at={cell.at} />;
    case 'line':
      return <Spark values={cell.values} />;
    case 'code':
      return (
        <code className={cell.text.length < 32 ? 'whitespace-nowrap' : 'wrap-anywhere'}>
          {withKeys(cell.text.split(/(?<=_)/), (part) => part).map(([key, part]) => (
            <Fragment key={key}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </code>
      );
    case 'text':
      // A sentence keeps room for a few words a line: the table scrolls, its rows do not become towers.
      return (
        <span className={cell.text.length > 40 ? 'inline-block min-w-56 wrap-anywhere' : 'wrap-anywhere'}>
          {cell.text}
        </span>
      );
  }
}

/** A small line beside a name; its numbers stand in the columns beside it. */
function Spark({ values }: { readonly values: readonly number[] }) {
  const points = lay(thin(values, 40), { left: 0, top: 3, width: 80, height: 12 });
  return (
    <svg width="80" height="18" viewBox="0 0 80 18" aria-hidden="true">
      <path
        d={pathOf(points)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeWidth="1.1"
        strokeLinejoin="round"
      />
    </svg>
  );
}

type States = readonly { readonly id: string; readonly state: string | null }[];

function ItemList({ launch, states }: { readonly launch: string; readonly states: States }) {
  return (
    <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {states.map(({ id, state }) => {
        const shape = isState(state) ? state : 'unknown';
        return (
          <li key={id} className="flex items-center gap-2">
            <Shape of={shape} size="small" label={shape} />
            <Link className="link clip" href={`/launches/${launch}/items/${id}`} prefetch={false}>
              {id}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** What a check's one series is of: its metric, where it names one. */
function subjectOf({ parameters, title }: CheckView): string {
  return typeof parameters.metric === 'string' ? parameters.metric : title;
}

function statesOf(value: unknown): States {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([id, state]) => ({
    id,
    state: typeof state === 'string' ? state : null,
  }));
}
