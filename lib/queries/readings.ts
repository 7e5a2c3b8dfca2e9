import type { BoardReadings, BoardView, ItemRow } from '#lib/domain/view.ts';

/**
 * How readings lie to a board: `held` is in it already; `next` follows on it; `missed`: something between was not
 * heard, so that the board is asked for; `other`: they are of another version, whose own news see to that.
 */
export function readingsFit(board: BoardView, readings: BoardReadings): 'held' | 'next' | 'missed' | 'other' {
  if (board.launch.version !== readings.version) return 'other';
  if (board.storedAt >= readings.storedAt) return 'held';
  return board.storedAt >= readings.after ? 'next' : 'missed';
}

/** The board with readings that follow on it. What they do not speak of stays the same object: it is not drawn again. */
export function withReadings(
  board: BoardView,
  { rows, sources, storedAt, changesAt }: BoardReadings,
): BoardView {
  const moved = new Map(rows.map((row) => [row.id, row]));
  const answered = new Map(sources.map((source) => [source.id, source]));
  return {
    ...board,
    storedAt,
    changesAt,
    sources: board.sources.map((source) => answered.get(source.id) ?? source),
    tracks: board.tracks.map((track) =>
      track.items.some(({ id }) => moved.has(id))
        ? { ...track, items: track.items.map((row) => readAgain(row, moved.get(row.id))) }
        : track,
    ),
  };
}

function readAgain(row: ItemRow, reading: BoardReadings['rows'][number] | undefined): ItemRow {
  return reading ? { ...row, ...reading } : row;
}

/** Two readings in one, for a page that heard neither. */
export function joinReadings(earlier: BoardReadings | undefined, later: BoardReadings): BoardReadings {
  if (earlier === undefined || later.after > earlier.storedAt) return later;
  const rows = new Map([...earlier.rows, ...later.rows].map((row) => [row.id, row]));
  const sources = new Map([...earlier.sources, ...later.sources].map((source) => [source.id, source]));
  return { ...later, after: earlier.after, rows: [...rows.values()], sources: [...sources.values()] };
}
