import type { CoverageRow } from '#lib/domain/view.ts';

/** What a row comes to: `open` has no hole, and is not whole, because nobody can tell or nobody looks. */
export type Standing = 'hole' | 'open' | 'whole';
export type Show = 'all' | Standing;

export function standingOf({ whole, emitted, panel, alert, runbook }: CoverageRow): Standing {
  if (whole) return 'whole';
  return [emitted, panel, alert, runbook].some(({ state }) => state === 'hole') ? 'hole' : 'open';
}

export interface RowGroup {
  readonly title: string;
  readonly rows: readonly CoverageRow[];
  readonly whole: number;
  readonly total: number;
}

/** Rows by group, in the spec's order, as far as the reader wants to see them. `whole` counts all rows of a group. */
export function groupRows(rows: readonly CoverageRow[], show: Show, text: string): readonly RowGroup[] {
  const wanted = text.trim().toLowerCase();
  const titles = [...new Set(rows.map(({ group }) => group))];
  return titles.flatMap((title) => {
    const all = rows.filter(({ group }) => group === title);
    const shown = all.filter((row) => {
      if (show !== 'all' && standingOf(row) !== show) return false;
      const heap = `${row.metric} ${row.type} ${row.labels.join(' ')} ${row.why}`.toLowerCase();
      return heap.includes(wanted);
    });
    const whole = all.filter((row) => row.whole).length;
    return shown.length === 0 ? [] : [{ title, rows: shown, whole, total: all.length }];
  });
}

/** The first rows of all groups, at most so many; and how many are left. */
export function firstRows(
  groups: readonly RowGroup[],
  most: number,
): { readonly groups: readonly RowGroup[]; readonly more: number } {
  let left = most;
  const cut = groups.map((group) => {
    const rows = group.rows.slice(0, left);
    left -= rows.length;
    return { ...group, rows };
  });
  const count = (of: readonly RowGroup[]): number => of.reduce((sum, { rows }) => sum + rows.length, 0);
  return { groups: cut.filter(({ rows }) => rows.length > 0), more: count(groups) - count(cut) };
}

/** How many rows a column asks something of, and of how many it is there; the percentage is truncated. */
export function columnCount(
  rows: readonly CoverageRow[],
  column: 'declared' | 'emitted' | 'panel' | 'alert' | 'runbook',
): string {
  const asked = rows.filter((row) => row[column].state !== 'not-required');
  if (asked.length === 0) return 'not asked';
  const there = asked.filter((row) => row[column].state === 'there').length;
  return `${there} of ${asked.length}, ${Math.trunc((100 * there) / asked.length)} %`;
}
