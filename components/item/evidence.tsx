'use client';

import Link from 'next/link';
import { SeriesChart } from '#components/chart/series-chart.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { isState } from '#components/verdict/states.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { CheckView } from '#lib/domain/view.ts';
import { alertReadings } from './alerts.ts';
import { CellText } from './cell-text.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { EvidenceTable } from './evidence-table.tsx';
import { fileDifferences } from './file-differences.ts';
import { InTheKit } from './in-the-kit.tsx';
import { PartList } from './part-list.tsx';
import { partsOf } from './parts.ts';
import { type Readable, readable } from './readable.ts';
import { RuleList } from './rule-list.tsx';
import { RunTable } from './run-table.tsx';
import { jobReadings, runReadings } from './runs.ts';

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
  const runs = check.kind === 'ci-run' ? runReadings(judgement.readings) : [];
  const chart = picture.kind === 'series' && picture.points.length > 1 ? picture : null;
  const readings = readable(
    besides(check, { isDrawn: chart !== null, hasParts: parts.length > 0, hasRuns: runs.length > 0 }),
  );
  const states = check.kind === 'items' ? statesOf(judgement.deciding.states) : [];
  const hasReadings = readings.values.length + readings.tables.length + readings.series.length > 0;
  const drawn = [states, alerts, parts, differences, runs].some(({ length }) => length > 0);
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
      {runs.length > 0 ? (
        <RunTable runs={runs} jobs={jobReadings(judgement.readings)} check={check.id} />
      ) : null}
      {states.length > 0 ? <ItemList launch={launch} states={states} /> : null}
      <Readings of={chart ? { ...readings, series: [] } : readings} check={check} at={at} />
    </div>
  );
}

/** Readings that nothing above them shows already. */
function besides(
  { kind, judgement }: CheckView,
  { isDrawn, hasParts, hasRuns }: Record<'isDrawn' | 'hasParts' | 'hasRuns', boolean>,
): JsonObject {
  const readings = judgement?.readings ?? {};
  if (Array.isArray(readings.alerts) || hasRuns) return {};
  if (kind === 'runbook' && hasParts) {
    const { gaps = [], commit = null, commands = 0, parsed = 0 } = readings;
    return { commands: `${parsed} of ${commands} blocks parse`, gaps, commit };
  }
  if (isDrawn && Array.isArray(readings.values) && readings.values.length < 2) {
    return { ...readings, values: [] };
  }
  return readings;
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
