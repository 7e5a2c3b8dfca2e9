import type { BoardReadings, BoardView, ItemRow, SourceView } from '#lib/domain/view.ts';

/** Where two boards lie that follow on each other: what of the later one is new, and says no more than readings. */
export function readingsBetween(before: BoardView | null, after: BoardView): BoardReadings {
  const { launch, storedAt, changesAt, sources } = after;
  const told = { launch: launch.id, version: launch.version, storedAt, changesAt };
  // What decides anew (the clock alone can do that) is asked for whole: nothing older than this board may be kept.
  if (before === null || decided(before) !== decided(after))
    return { ...told, after: storedAt, rows: [], sources };
  const held = new Map(before.sources.map((source) => [source.id, JSON.stringify(source)]));
  return {
    ...told,
    after: before.storedAt,
    rows: movedRows(before, after),
    sources: sources.filter((source: SourceView) => held.get(source.id) !== JSON.stringify(source)),
  };
}

function movedRows(before: BoardView, after: BoardView): BoardReadings['rows'] {
  const held = new Map(rowsOf(before).map((row) => [row.id, JSON.stringify(readingOf(row))]));
  return rowsOf(after)
    .map(readingOf)
    .filter((reading) => held.get(reading.id) !== JSON.stringify(reading));
}

function rowsOf({ tracks }: BoardView): readonly ItemRow[] {
  return tracks.flatMap(({ items }) => items);
}

function readingOf({ id, fact, picture }: ItemRow): BoardReadings['rows'][number] {
  return { id, fact, picture };
}

/** All of a board that readings do not carry. Ages are worked out from the sources' answers; the burn-up is not urgent. */
function decided(board: BoardView): string {
  const {
    at: _at,
    storedAt: _stored,
    changesAt: _changes,
    sources: _sources,
    burnup: _burnup,
    ...rest
  } = board;
  const { version: _version, ...launch } = board.launch;
  const tracks = board.tracks.map((track) => ({
    ...track,
    items: track.items.map(({ fact: _fact, picture: _picture, observedAt: _observed, ...row }) => row),
  }));
  return JSON.stringify({ ...rest, launch, tracks });
}
