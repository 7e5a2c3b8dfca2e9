import { needsNothing, stateOrder } from '#components/verdict/states.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';

/** What a reader wants to see. Empty or null means everything. */
export interface Filter {
  readonly states: readonly ItemState[];
  readonly track: string | null;
  readonly owner: string | null;
  readonly role: string | null;
  readonly source: string | null;
  readonly text: string;
  /** Only items whose state changed within the last day. */
  readonly changed: boolean;
}

export const everything: Filter = {
  states: [],
  track: null,
  owner: null,
  role: null,
  source: null,
  text: '',
  changed: false,
};

const dayMs = 86_400_000;

/** True when a row changed its state within a day before an instant. */
export function changedLately(row: ItemRow, nowMs: number): boolean {
  return row.since !== null && nowMs - Date.parse(row.since) < dayMs;
}

/** True when a row is what the reader wants to see. */
export function matches(row: ItemRow, filter: Filter, nowMs: number): boolean {
  if (filter.states.length > 0 && !filter.states.includes(row.state)) return false;
  if (filter.track !== null && row.track !== filter.track) return false;
  if (filter.owner !== null && row.owner !== filter.owner) return false;
  if (filter.role !== null && !row.signatures.some(({ role }) => role === filter.role)) return false;
  if (filter.source !== null && !row.sources.includes(filter.source)) return false;
  if (filter.changed && !changedLately(row, nowMs)) return false;
  return filter.text === '' || holdsWords(row, filter.text);
}

function holdsWords(row: ItemRow, text: string): boolean {
  const heap = [row.title, row.id, row.owner, row.fact.lead, row.fact.rest, row.level, ...row.kinds]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => heap.includes(word));
}

/** True when the filter hides something. */
export function isFiltering(filter: Filter): boolean {
  return (
    filter.states.length > 0 ||
    filter.changed ||
    filter.text !== '' ||
    [filter.track, filter.owner, filter.role, filter.source].some((one) => one !== null)
  );
}

/** What there is to choose from. */
export interface Choices {
  readonly tracks: readonly Choice[];
  readonly owners: readonly Choice[];
  readonly roles: readonly Choice[];
  readonly sources: readonly Choice[];
}

export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** What the filters of a board offer. */
export function choicesOf(board: BoardView): Choices {
  const rows = board.tracks.flatMap(({ items }) => items);
  const owners = [...new Set(rows.flatMap(({ owner }) => (owner === null ? [] : [owner])))].sort();
  const roles = new Map(rows.flatMap(({ signatures }) => signatures.map(({ role, title }) => [role, title])));
  return {
    tracks: board.tracks.map(({ id, title }) => ({ id, title })),
    owners: owners.map((owner) => ({ id: owner, title: owner })),
    roles: [...roles].map(([id, title]) => ({ id, title })),
    sources: board.sources.map(({ id, title }) => ({ id, title })),
  };
}

/** From what is worst to what needs nothing; the order of open rows. */
export function severity(state: ItemState): number {
  return needsNothing(state) ? stateOrder.length : stateOrder.indexOf(state);
}

/** The states with one more, or one less. */
export function toggled(states: readonly ItemState[], state: ItemState): readonly ItemState[] {
  return states.includes(state) ? states.filter((one) => one !== state) : [...states, state];
}
