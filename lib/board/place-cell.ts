import type { MetricPlace, PlaceSeen, UnreadPlace } from '#lib/domain/coverage.ts';
import type { CoverageCell } from '#lib/domain/view.ts';

/** A place that the spec gives a metric, and what each check that looks for it says. */
export interface LookedFor {
  readonly place: MetricPlace;
  readonly seen: readonly PlaceSeen[];
  /** Where a source that tells of it is silent: since when. */
  readonly silentSince: string | null;
}

/** How one place stands, by all checks of it: missing at one is missing, there at one is there, else nobody can say. */
function standing({ place, seen }: LookedFor): {
  readonly state: 'hole' | 'unknown' | 'declared' | 'there';
  readonly note: string | null;
} {
  const missing = seen.find((one) => one.kind === 'missing');
  if (missing) return { state: 'hole', note: missing.why };
  const there = seen.find((one) => one.kind === 'there');
  if (there) return { state: 'there', note: there.note };
  const dark = seen.find((one) => one.kind === 'dark');
  if (dark) return { state: 'unknown', note: dark.why };
  return { state: 'declared', note: `No check looks whether the ${place.name} is in ${place.file}.` };
}

const worstFirst = ['hole', 'unknown', 'declared', 'there'] as const;

/**
 * The cell of a metric that the spec puts in these places: the worst of them. Where it puts it nowhere nothing is
 * asked, but where something of the spec that may name it could not be read (`unread`): then nobody can say.
 */
export function placeCell(places: readonly LookedFor[], unread: readonly UnreadPlace[]): CoverageCell {
  const [fault] = unread;
  if (places.length === 0 && fault) {
    const note = `Whether it is asked for cannot be told: ${fault.name}: ${fault.message}.`;
    return { state: 'unknown', note, silentSince: null };
  }
  const all = places.map(standing);
  const state = worstFirst.find((one) => all.some((place) => place.state === one)) ?? 'not-required';
  const notes = new Set(all.flatMap((one) => (one.state === state && one.note !== null ? [one.note] : [])));
  return {
    state,
    note: notes.size === 0 ? null : [...notes].join(' '),
    silentSince: places.find(({ silentSince }) => silentSince !== null)?.silentSince ?? null,
  };
}
