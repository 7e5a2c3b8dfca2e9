import { withKeys } from '#components/ui/with-keys.ts';
import { CellText } from './cell-text.tsx';
import type { ReadableTable } from './readable.ts';

interface Props {
  readonly table: ReadableTable;
  /** Id of its check: a page may hold several. */
  readonly check: string;
}

/** A table of readings, with its heading and what is left out. */
export function EvidenceTable({ table, check }: Props) {
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
