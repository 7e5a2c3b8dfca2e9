'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { Screen, type ScreenProps } from '#components/frame/screen.tsx';
import { useKeys } from '#components/keys/bindings.ts';
import { useView } from '#components/live/use-view.ts';
import { saveText } from '#components/ui/save.ts';
import { Shape, Tick } from '#components/verdict/shape.tsx';
import type { CoverageView } from '#lib/domain/view.ts';
import { coverageQuery } from '#lib/queries/views.ts';
import { Besides } from './besides.tsx';
import { coverageCsv } from './coverage-csv.ts';
import { CoverageHead } from './coverage-head.tsx';
import { groupRows, type Show, type Standing, standingOf } from './group-rows.ts';
import { Matrix } from './matrix.tsx';
import { Unread } from './unread.tsx';

const shows = ['all', 'hole', 'open', 'whole'] as const satisfies readonly Show[];

/** The metric matrix: what is declared, emitted, on a panel, under an alert and in a runbook; why a hole is one. */
export function CoverageScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(coverageQuery(launch));
  return data ? <Coverage view={data} failed={failed} /> : null;
}

function Coverage({ view, failed }: ScreenProps<CoverageView>) {
  const { rows } = view;
  const [{ q, show, metric }, setState] = useQueryStates({
    q: parseAsString.withDefault(''),
    show: parseAsStringLiteral(shows).withDefault('all'),
    metric: parseAsString,
  });
  useKeys({
    '/': () => document.getElementById('metric-text')?.focus(),
    escape: () => void setState({ q: null, show: null, metric: null }),
  });
  const groups = groupRows(rows, show, q);
  return (
    <Screen view={view} failed={failed}>
      <CoverageHead view={view} onExport={() => save(view)} />
      <Unread places={view.unread} />
      <search className="filters mt-4 border-t border-line" aria-label="Filter the metrics">
        <input
          id="metric-text"
          type="search"
          className="field min-w-36"
          placeholder="Filter metrics"
          aria-label="Filter metrics by text"
          value={q}
          onChange={({ target }) => void setState({ q: target.value })}
        />
        <Shows rows={rows} show={show} setShow={(next) => void setState({ show: next })} />
        <Legend />
      </search>
      {groups.length === 0 ? (
        <div className="mt-6" role="status">
          <h2 className="text-[1rem]">
            {rows.length === 0 ? 'This spec declares no metric' : 'No metric fits the filter'}
          </h2>
          <p className="mt-1 mb-3 text-ink-2">
            {rows.length === 0
              ? 'An empty list is not covered, it is unknown: declare metrics in the spec.'
              : `${rows.length} metrics are hidden by it.`}
          </p>
          {rows.length === 0 ? null : (
            <button type="button" className="button" onClick={() => void setState({ q: null, show: null })}>
              Clear filter <kbd>Esc</kbd>
            </button>
          )}
        </div>
      ) : (
        <Matrix
          view={view}
          groups={groups}
          opened={metric}
          onOpen={(next) => void setState({ metric: next })}
        />
      )}
      <Besides besides={view.besides} />
    </Screen>
  );
}

interface ShowsProps {
  readonly rows: CoverageView['rows'];
  readonly show: Show;
  readonly setShow: (show: Show) => void;
}

function Shows({ rows, show, setShow }: ShowsProps) {
  const count = (of: Standing): number => rows.filter((row) => standingOf(row) === of).length;
  const choices = [
    { show: 'all', word: 'All', count: rows.length, shape: null },
    { show: 'hole', word: 'With a hole', count: count('hole'), shape: 'fail' },
    { show: 'open', word: 'Cannot be told', count: count('open'), shape: 'unknown' },
    { show: 'whole', word: 'Whole', count: count('whole'), shape: 'pass' },
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a box that nobody needs here
    <div className="segment" role="group" aria-label="Coverage">
      {choices.map((choice) => (
        <button
          key={choice.show}
          type="button"
          className="button button-ghost"
          aria-pressed={show === choice.show}
          onClick={() => setShow(choice.show)}
        >
          {choice.shape ? <Shape of={choice.shape} size="small" /> : null}
          {choice.word} <span className="n">{choice.count}</span>
        </button>
      ))}
    </div>
  );
}

function Legend() {
  return (
    <p className="legend end">
      <span>
        <Tick /> there
      </span>
      <span>
        <Shape of="fail" size="small" /> hole
      </span>
      <span>
        <Shape of="unknown" size="small" /> unknown
      </span>
      <span>
        <b className="font-normal text-unknown">4 min</b> silent: age of the last answer
      </span>
      <span>
        <span className="declared">declared</span> by the spec; no check looks
      </span>
      <span>– not required</span>
    </p>
  );
}

function save(view: CoverageView): void {
  saveText(`coverage-${view.launch.id}-${view.at.slice(0, 10)}.csv`, coverageCsv(view), 'text/csv');
}
