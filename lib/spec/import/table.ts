import type { Block } from './blocks.ts';
import { cellBox, cellMark, hasEmoji, type Mark } from './marks.ts';
import { plain } from './wording.ts';

type Table = Extract<Block, { kind: 'table' }>;

export interface RowEntry {
  readonly kind: 'cell' | 'mark';
  readonly done: boolean;
  readonly text: string;
  readonly line: number;
}

const stateHeader = /^(?:status|state|done\??|completed?\??|ready\??|progress|result|checked|✅|✓|✔)$/i;

/** What a table's rows say is done or not; null when no column says so. Each row, or each of its state cells, is one. */
export function tableEntries({ header, rows }: Table): readonly RowEntry[] | null {
  const columns = header.map((_, column) => column).filter((column) => saysState(header, rows, column));
  if (columns.length === 0) return null;
  return rows.flatMap(({ line, cells }) => {
    const others = cells.filter((_, column) => !columns.includes(column)).map(plain);
    const rowText = others.filter((text) => text !== '').join(' · ');
    const several = columns.length === 1 ? boxesIn(cells[columns[0] ?? 0] ?? '') : [];
    if (several.length > 1)
      return several.map(({ done, rest }) => {
        const own = [rowText, plain(rest)].filter((part) => part !== '');
        return { kind: 'cell', done, text: own.join(' · ') || '(nothing that can be read)', line };
      });
    return columns.flatMap((column): RowEntry[] => {
      const cell = cells[column] ?? '';
      const box = cellBox(cell);
      const state: Mark = box ?? cellMark(cell) ?? { done: false, rest: plain(cell) };
      const of = columns.length > 1 ? plain(header[column] ?? '') : '';
      const text = [rowText, of, plain(state.rest)].filter((part) => part !== '').join(' · ');
      if (text === '' || (columns.length > 1 && cell === '')) return [];
      return [{ kind: box ? 'cell' : 'mark', done: state.done, text, line }];
    });
  });
}

/** Boxes of a cell with a line for each; none where a line of it is no box. */
function boxesIn(cell: string): readonly Mark[] {
  const boxes = cell.split(/<br ?\/?>/i).map((part) => cellBox(part.trim()));
  return boxes.every((box) => box !== null) ? boxes : [];
}

function saysState(header: readonly string[], rows: Table['rows'], column: number): boolean {
  const cells = rows.map(({ cells: all }) => all[column] ?? '').filter((cell) => cell !== '');
  const saying = cells.filter((cell) => cellBox(cell) !== null || cellMark(cell) !== null).length;
  if (saying === 0) return false;
  if (cells.some((cell) => cellBox(cell) !== null)) return true;
  if (stateHeader.test(plain(header[column] ?? ''))) return true;
  // A word such as “open” may be anything; where it is a state, the whole column says states.
  return saying === cells.length || cells.filter(hasEmoji).length * 2 >= cells.length;
}
