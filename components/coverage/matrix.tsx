'use client';

import type { CoverageView } from '#lib/domain/view.ts';
import { columnCount, firstRows, type RowGroup } from './group-rows.ts';
import { MetricRow } from './metric-row.tsx';

/** A page of thousands of rows helps nobody: the filter finds the rest. */
const most = 400;

interface Props {
  readonly view: CoverageView;
  readonly groups: readonly RowGroup[];
  readonly opened: string | null;
  readonly onOpen: (metric: string | null) => void;
}

/** The matrix: a row a metric, by groups; how many are there in each column. */
export function Matrix({ view, groups, opened, onOpen }: Props) {
  const { rows } = view;
  const shown = firstRows(groups, most);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="scroller matrix-room mt-2" aria-label="Metric matrix" tabIndex={0}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col" className="wide">
                Labels
              </th>
              <th scope="col" className="wide">
                Type
              </th>
              <Column title="Declared" count={columnCount(rows, 'declared')} isWide />
              <Column title="Emitted" count={columnCount(rows, 'emitted')} />
              <Column title="Panel" count={columnCount(rows, 'panel')} />
              <Column title="Alert" count={columnCount(rows, 'alert')} />
              <Column title="Runbook" count={columnCount(rows, 'runbook')} />
              <th scope="col" className="why">
                Why there is a hole
              </th>
            </tr>
          </thead>
          {shown.groups.map((group) => (
            <tbody key={group.title}>
              <tr className="group">
                <th colSpan={9} scope="rowgroup">
                  {group.title} <span className="group-count">{`${group.whole} of ${group.total}`}</span>
                </th>
              </tr>
              {group.rows.map((row) => (
                <MetricRow
                  key={row.metric}
                  launch={view.launch.id}
                  row={row}
                  at={view.at}
                  isOpen={row.metric === opened}
                  onToggle={() => onOpen(row.metric === opened ? null : row.metric)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </section>
      {shown.more > 0 ? (
        <p className="note">{`${shown.more} more metrics: filter to see them. The export has all of them.`}</p>
      ) : null}
    </>
  );
}

interface ColumnProps {
  readonly title: string;
  readonly count: string;
  /** Left out on a narrow screen: every metric of the matrix is declared. */
  readonly isWide?: boolean;
}

function Column({ title, count, isWide = false }: ColumnProps) {
  return (
    <th scope="col" className={isWide ? 'cell wide' : 'cell'}>
      {title}
      <small>{count}</small>
    </th>
  );
}
