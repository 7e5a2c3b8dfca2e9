import { needsNothing, stateOrder } from '#components/verdict/states.ts';
import { wordOf } from '#components/verdict/words.ts';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';
import { type Filter, matches, severity } from './filter.ts';

export const groupings = ['track', 'state', 'owner', 'source', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const sortings = ['open', 'spec', 'age', 'wait'] as const;
/** `open`: worst first, then as in the spec. `age`: oldest evidence first. `wait`: longest in its state first. */
export type Sorting = (typeof sortings)[number];

export interface Order {
  readonly group: Grouping;
  readonly sort: Sorting;
}

/** Rows of one heading, by id. */
export interface Group {
  readonly key: string;
  readonly title: string;
  readonly ids: readonly string[];
}

/** Which rows stand where. `nowMs` is the board's own instant, so that server and browser say the same. Pure. */
export function arrange(board: BoardView, filter: Filter, order: Order, nowMs: number): readonly Group[] {
  const rows = board.tracks.flatMap(({ items }) => items).filter((row) => matches(row, filter, nowMs));
  const groups = new Map<string, { title: string; rows: ItemRow[] }>();
  for (const { key, title } of headings(board, order.group)) groups.set(key, { title, rows: [] });
  for (const row of rows) {
    for (const key of keysOf(row, order.group)) groups.get(key)?.rows.push(row);
  }
  return [...groups]
    .filter(([, { rows: held }]) => held.length > 0)
    .map(([key, { title, rows: held }]) => ({
      key,
      title,
      ids: sorted(held, order.sort).map(({ id }) => id),
    }));
}

function headings(board: BoardView, group: Grouping): readonly { key: string; title: string }[] {
  const rows = board.tracks.flatMap(({ items }) => items);
  switch (group) {
    case 'track':
      return board.tracks.map(({ id, title }) => ({ key: id, title }));
    case 'state':
      return stateOrder.map((state) => ({ key: state, title: wordOf(state) }));
    case 'owner':
      return [...new Set(rows.map(({ owner }) => owner ?? ''))]
        .sort()
        .map((owner) => ({ key: owner, title: owner === '' ? 'Nobody yet' : owner }));
    case 'source':
      return [
        ...board.sources.map(({ id, title }) => ({ key: id, title })),
        { key: '', title: 'Reads no source' },
      ];
    case 'none':
      return [{ key: 'all', title: 'All items' }];
  }
}

function keysOf(row: ItemRow, group: Grouping): readonly string[] {
  switch (group) {
    case 'track':
      return [row.track];
    case 'state':
      return [row.state];
    case 'owner':
      return [row.owner ?? ''];
    case 'source':
      return [row.sources[0] ?? ''];
    case 'none':
      return ['all'];
  }
}

function sorted(rows: readonly ItemRow[], sort: Sorting): readonly ItemRow[] {
  switch (sort) {
    case 'spec':
      return rows;
    case 'open':
      return [...rows].sort((a, b) => severity(a.state) - severity(b.state));
    case 'age':
      return [...rows].sort((a, b) => compareInstants(a.observedAt, b.observedAt));
    case 'wait':
      return [...rows].sort(
        (a, b) =>
          Number(needsNothing(a.state)) - Number(needsNothing(b.state)) || compareInstants(a.since, b.since),
      );
  }
}

/** Never seen first, then the oldest. */
function compareInstants(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** True when two arrangements show the same rows in the same places. */
export function sameArrangement(a: readonly Group[], b: readonly Group[]): boolean {
  const text = (groups: readonly Group[]) => JSON.stringify(groups.map(({ key, ids }) => [key, ids]));
  return text(a) === text(b);
}
