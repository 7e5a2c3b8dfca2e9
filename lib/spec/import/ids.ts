import type { Step, Version } from './changes.ts';
import { Taken } from './taken.ts';
import { slug } from './wording.ts';

/** The item an entry became, and of a part the check in it. */
export interface EntryIds {
  readonly item: string;
  readonly check: string | null;
}

/** An earlier version of the checklist, and the ids that its entries had. */
export interface Earlier extends Version {
  readonly ids: readonly EntryIds[];
  /** Track of each item. */
  readonly tracks: ReadonlyMap<string, string>;
  /** Ids that are no entry's. */
  readonly otherIds: ReadonlySet<string>;
}

export interface Assigned {
  readonly ids: readonly EntryIds[];
  /** Ids of items so far; nothing new may have one of them. */
  readonly taken: Taken;
  readonly trackIds: (section: number | null, title: string) => string;
}

/**
 * Ids for entries: what stood in the earlier version keeps its own, the rest get one out of their words. An id that is
 * gone is not given to something else.
 */
export function assignIds(
  { entries }: Version,
  earlier: Earlier | null,
  steps: Step | null,
  trackOf: (section: number | null) => number | null,
): Assigned {
  const taken = new Taken(earlier?.ids.flatMap(({ item, check }) => (check === null ? item : [])));
  const was = (index: number): EntryIds | undefined => {
    const before = steps?.entries[index]?.before ?? null;
    return before === null ? undefined : earlier?.ids[before];
  };
  const ids: EntryIds[] = [];
  const checks = new Map<string, Taken>();
  for (const [index, entry] of entries.entries()) {
    const old = was(index);
    if (entry.parent === null) {
      const item = old && old.check === null ? old.item : taken.take(slug(entry.text));
      ids.push({ item, check: null });
      checks.set(item, new Taken(['attestation']));
    } else ids.push({ item: ids[entry.parent]?.item ?? '', check: null });
  }
  // Parts that were there first, so that no new one takes an id from them.
  for (const keeps of [true, false])
    for (const [index, entry] of entries.entries()) {
      const own = ids[index];
      const old = was(index);
      if (entry.parent === null || !own || (old?.check != null) !== keeps) continue;
      const set = checks.get(own.item) ?? new Taken();
      ids[index] = { item: own.item, check: set.take(old?.check ?? slug(entry.text)) };
    }
  return { ids, taken, trackIds: trackIds(entries, ids, earlier, trackOf) };
}

/** A track keeps the id under which most of its items stood. */
function trackIds(
  entries: Version['entries'],
  ids: readonly EntryIds[],
  earlier: Earlier | null,
  trackOf: (section: number | null) => number | null,
): Assigned['trackIds'] {
  const votes = new Map<number | null, Map<string, number>>();
  for (const [index, entry] of entries.entries()) {
    const before = entry.parent === null ? earlier?.tracks.get(ids[index]?.item ?? '') : undefined;
    if (before === undefined) continue;
    const track = trackOf(entry.section);
    const count = votes.get(track) ?? new Map<string, number>();
    votes.set(track, count.set(before, (count.get(before) ?? 0) + 1));
  }
  const used = new Taken();
  const winners = new Map<number | null, string>();
  const ranked = [...votes].flatMap(([track, count]) =>
    [...count].map(([id, votesFor]) => ({ track, id, votesFor })),
  );
  ranked.sort((one, other) => other.votesFor - one.votesFor);
  for (const { track, id } of ranked) {
    if (winners.has(track) || used.has(id)) continue;
    winners.set(track, id);
    used.add(id);
  }
  return (section, title) => winners.get(section) ?? used.take(slug(title));
}
