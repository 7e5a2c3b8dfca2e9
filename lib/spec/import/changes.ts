import type { EntryChange } from '#lib/domain/checklist.ts';
import type { Entry, Section } from './document.ts';
import { identify, type Known } from './identity.ts';
import { normal } from './wording.ts';
import { Wordings } from './wordings.ts';

/** A version of a checklist, as far as identity and differences go. */
export interface Version {
  readonly entries: readonly Entry[];
  readonly sections: readonly Section[];
}

/** What one entry is against the version before. */
export interface EntryStep {
  /** Index of the entry that it was; null for a new one. */
  readonly before: number | null;
  readonly reworded: boolean;
  readonly moved: boolean;
  readonly ticked: boolean;
  readonly unticked: boolean;
}

export interface Step {
  /** One for each entry now. */
  readonly entries: readonly EntryStep[];
  /** Indices of entries before that are no more. */
  readonly removed: readonly number[];
}

/** Titles of what an entry stands in, outermost first: sections, then entries. */
export function pathOf({ entries, sections }: Version, index: number): readonly string[] {
  const path: string[] = [];
  for (let at = entries[index]?.parent ?? null; at !== null; at = entries[at]?.parent ?? null)
    path.unshift(entries[at]?.text ?? '');
  for (let at = entries[index]?.section ?? null; at !== null; at = sections[at]?.parent ?? null)
    path.unshift(sections[at]?.title ?? '');
  return path;
}

/** A version with what identity goes by: worked out once, however many others it is held against. */
export interface Prepared extends Version {
  readonly known: readonly Known[];
}

/** Prepares a version; only those prepared with the same wordings can be held against each other. */
export function prepare(version: Version, wordings: Wordings): Prepared {
  const { entries, sections } = version;
  const own = entries.map(({ text }) => wordings.of(text));
  const normals = entries.map(({ text }, index) => wordings.normalOf(text, own[index] ?? 0));
  const placesBy = (numbers: readonly number[], titleNumber: (title: string) => number): number[] => {
    const inSection: number[] = [];
    for (const { title, parent } of sections)
      inSection.push(wordings.placeIn(parent === null ? 0 : (inSection[parent] ?? 0), titleNumber(title)));
    const places: number[] = [];
    for (const { parent, section } of entries) {
      if (parent !== null) places.push(wordings.placeIn(places[parent] ?? 0, numbers[parent] ?? 0));
      else places.push(section === null ? 0 : (inSection[section] ?? 0));
    }
    return places;
  };
  const places = placesBy(own, (title) => wordings.of(title));
  const normalPlaces = placesBy(normals, (title) => wordings.normalOf(title));
  const known = entries.map(({ text }, index) => {
    const wording = own[index] ?? 0;
    return {
      words: () => wordings.wordsOf(text, wording),
      wording,
      normal: normals[index] ?? 0,
      place: places[index] ?? 0,
      normalPlace: normalPlaces[index] ?? 0,
    };
  });
  return { entries, sections, known };
}

/** What became of each entry between two versions of a checklist. */
export function step(before: Version, now: Version): Step {
  const wordings = new Wordings();
  return stepBetween(prepare(before, wordings), prepare(now, wordings));
}

/** The same of versions that are prepared. */
export function stepBetween(before: Prepared, now: Prepared): Step {
  const found = identify(before.known, now.known);
  const follows = sectionsFollow(before, now, found);
  const keys = { before: keysOf(before.sections), now: keysOf(now.sections) };
  const kept = new Set(found.filter((one) => one !== null));
  const entries = now.entries.map((entry, index): EntryStep => {
    const was = found[index] ?? null;
    const old = was === null ? undefined : before.entries[was];
    if (was === null || !old)
      return { before: null, reworded: false, moved: false, ticked: false, unticked: false };
    const sameParent =
      entry.parent === null ? old.parent === null : (found[entry.parent] ?? null) === old.parent;
    // Two sections of one title at one place are not told apart.
    const sameSection =
      follows.get(old.section) === entry.section || keys.before(old.section) === keys.now(entry.section);
    return {
      before: was,
      reworded: entry.text !== old.text,
      moved: !sameParent || (entry.parent === null && !sameSection),
      ticked: entry.done && !old.done,
      unticked: !entry.done && old.done,
    };
  });
  return { entries, removed: before.entries.map((_, index) => index).filter((index) => !kept.has(index)) };
}

/** The section that each one before has become: of the same title and place, else where most of its entries are now. */
function sectionsFollow(
  before: Version,
  now: Version,
  found: readonly (number | null)[],
): ReadonlyMap<number | null, number | null> {
  const follows = new Map<number | null, number | null>([[null, null]]);
  const titled = new Map<string, number>();
  for (const [index] of now.sections.entries()) {
    const key = sectionKey(now.sections, index);
    if (!titled.has(key)) titled.set(key, index);
  }
  const votes = new Map<number, Map<number | null, number>>();
  for (const [index, was] of found.entries()) {
    const old = was === null ? null : (before.entries[was]?.section ?? null);
    if (old === null) continue;
    const to = now.entries[index]?.section ?? null;
    const count = votes.get(old) ?? new Map<number | null, number>();
    votes.set(old, count.set(to, (count.get(to) ?? 0) + 1));
  }
  for (const index of before.sections.keys()) {
    const same = titled.get(sectionKey(before.sections, index));
    const most = [...(votes.get(index) ?? [])].sort(([, one], [, other]) => other - one)[0]?.[0];
    const to = same ?? most;
    if (to !== undefined) follows.set(index, to);
  }
  return follows;
}

function keysOf(sections: readonly Section[]): (section: number | null) => string {
  const keys = [...sections.keys()].map((index) => sectionKey(sections, index));
  return (section) => (section === null ? '' : (keys[section] ?? ''));
}

function sectionKey(sections: readonly Section[], index: number): string {
  const titles: string[] = [];
  for (let at: number | null = index; at !== null; at = sections[at]?.parent ?? null)
    titles.push(normal(sections[at]?.title ?? ''));
  return JSON.stringify(titles);
}

/** The differences as people read them; `idOf` says what an entry before or now is called. */
export function changesOf(
  before: Version,
  now: Version,
  { entries, removed }: Step,
  idOf: { readonly before: (index: number) => string; readonly now: (index: number) => string },
): readonly EntryChange[] {
  const changes: EntryChange[] = entries.flatMap((one, index): EntryChange[] => {
    const entry = now.entries[index];
    if (!entry) return [];
    const base = { id: idOf.now(index), text: entry.text, line: entry.line, before: null };
    if (one.before === null) return [{ kind: 'added', ...base }];
    const old = before.entries[one.before];
    return [
      ...(one.reworded ? [{ kind: 'reworded' as const, ...base, before: old?.text ?? null }] : []),
      ...(one.moved
        ? [{ kind: 'moved' as const, ...base, before: pathOf(before, one.before).join(' › ') }]
        : []),
      ...(one.ticked ? [{ kind: 'ticked' as const, ...base }] : []),
      ...(one.unticked ? [{ kind: 'unticked' as const, ...base }] : []),
    ];
  });
  const gone = removed.map((index): EntryChange => {
    const entry = before.entries[index];
    return {
      kind: 'removed',
      id: idOf.before(index),
      text: entry?.text ?? '',
      line: entry?.line ?? 0,
      before: null,
    };
  });
  return [...changes, ...gone];
}
