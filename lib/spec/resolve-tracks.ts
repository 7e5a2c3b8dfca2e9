import type { ItemSpec, TrackSpec } from '#lib/domain/spec.ts';
import { type Draft, mapAt, type Reading, readEntry, sayName, sayUnknown } from './draft.ts';
import { meant, noSuch } from './faults.ts';
import { type ItemEntry, itemSchema, type TrackEntry, trackSchema } from './format-tracks.ts';
import { type CheckContext, readChecks } from './resolve-check.ts';
import { readId } from './scalars.ts';
import { nodeAt, type Path, placeOf } from './tree.ts';

const itemsApart = new Set(['items']);
const checksApart = new Set(['checks']);

/** Tracks with their items and checks, as far as they can be read, and every id that is written. */
export interface Tracks {
  readonly tracks: readonly TrackSpec[];
  readonly trackIds: ReadonlySet<string>;
  readonly itemIds: ReadonlySet<string>;
}

/** Reads tracks, items and checks. */
export function readTracks(reading: Reading, draft: Draft, context: CheckContext): Tracks {
  const tracks: TrackSpec[] = [];
  const items = new Map<string, Path>();
  const written = mapAt(reading, ['tracks']);
  if (written?.entries.size === 0) sayEmpty(reading, ['tracks'], 'track');
  for (const id of written?.entries.keys() ?? []) {
    const path = ['tracks', id];
    sayName(reading, path, readId(id));
    const entry = readEntry(reading, path, trackSchema, itemsApart);
    sayUnknown(reading, [...path, 'lead'], draft.roles.names);
    const own = readItems(reading, draft, context, { id, entry, items });
    if (entry) tracks.push({ id, title: entry.title, lead: entry.lead ?? null, items: own });
  }
  return { tracks, trackIds: new Set(written?.entries.keys()), itemIds: new Set(items.keys()) };
}

interface Track {
  readonly id: string;
  readonly entry: TrackEntry | null;
  /** Items of all tracks so far. */
  readonly items: Map<string, Path>;
}

function readItems(reading: Reading, draft: Draft, context: CheckContext, track: Track): ItemSpec[] {
  const path = ['tracks', track.id, 'items'];
  const written = mapAt(reading, path);
  if (nodeAt(reading.root, path) === null || written?.entries.size === 0) sayEmpty(reading, path, 'item');
  return [...(written?.entries.keys() ?? [])].flatMap((id) => {
    const at = [...path, id];
    sayName(reading, at, readId(id));
    const first = track.items.get(id);
    if (first) sayTwice(reading, at, first);
    else track.items.set(id, at);
    return readItem(reading, draft, context, { id, track, path: at }) ?? [];
  });
}

interface Item {
  readonly id: string;
  readonly track: Track;
  readonly path: Path;
}

function readItem(reading: Reading, draft: Draft, context: CheckContext, item: Item): ItemSpec | null {
  const { path, track } = item;
  const entry = readEntry(reading, path, itemSchema, checksApart);
  sayUnknown(reading, [...path, 'owner'], draft.owners.names);
  sayUnknown(reading, [...path, 'phase'], draft.phases.names);
  const signOff = entry ? signOffOf(reading, draft, item, entry) : {};
  const checks = readChecks(reading, draft, context, path);
  if (!entry) return null;
  return {
    id: item.id,
    track: track.id,
    title: entry.title,
    owner: entry.owner === undefined ? null : (draft.owners.entries.get(entry.owner) ?? null),
    level: entry.level ?? 'blocker',
    phase: entry.phase,
    estimateMs: entry.estimate ?? null,
    why: entry.why ?? null,
    checks,
    signOff,
    anyCandidate: entry.candidate === 'any',
    line: placeOf(reading.root, path, 'key').line,
  };
}

/** Who signs: as written, else one of the track's lead for a blocker. A blocker that nobody signs is a fault. */
function signOffOf(
  reading: Reading,
  draft: Draft,
  { path, track }: Item,
  entry: ItemEntry,
): ItemSpec['signOff'] {
  const { faults } = reading;
  const blocker = (entry.level ?? 'blocker') === 'blocker';
  for (const role of Object.keys(entry.signOff ?? {})) {
    const { what, names } = draft.roles.names;
    if (!names.has(role))
      faults.add([...path, 'signOff', role], noSuch(what, role), meant(role, names), 'key');
  }
  if (entry.signOff) {
    if (blocker && Object.keys(entry.signOff).length === 0) {
      faults.add(
        [...path, 'signOff'],
        'Nobody would sign this blocker.',
        'Name a role: `signOff: { sre: 1 }`.',
        'key',
      );
    }
    return entry.signOff;
  }
  if (!blocker) return {};
  if (track.entry?.lead !== undefined) return { [track.entry.lead]: 1 };
  if (track.entry !== null) {
    const message = 'Nobody would sign this blocker: its track has no lead.';
    faults.add(path, message, 'Give the track a `lead`, or the item a `signOff`.', 'key');
  }
  return {};
}

function sayEmpty({ faults }: Reading, path: Path, what: string): void {
  const of = what === 'item' ? `The track \`${path[1]}\`` : 'The spec';
  faults.add(
    path,
    `${of} has no ${what}, and an empty list proves nothing.`,
    `Add at least one ${what}.`,
    'key',
  );
}

function sayTwice({ root, faults }: Reading, path: Path, first: Path): void {
  const { line } = placeOf(root, first, 'key');
  const message = `\`${path.at(-1)}\` is already an item, of the track \`${first[1]}\` on line ${line}.`;
  faults.add(path, message, 'Give each item of the launch an id of its own.', 'key');
}
