import type { Section } from './document.ts';

/** More tracks than this do not fit a board. */
const mostTracks = 12;

/**
 * For each section, the one that is its track: headings of the deepest level at which those with something in them are
 * at most twelve. Null where there is none: before the first heading. `full` are the sections with something in them.
 */
export function trackSections(
  sections: readonly Section[],
  full: ReadonlySet<number>,
): (section: number | null) => number | null {
  const above = (section: number, depth: number): number => {
    let at = section;
    for (;;) {
      const parent = sections[at]?.parent ?? null;
      if ((sections[at]?.depth ?? 0) <= depth || parent === null) return at;
      at = parent;
    }
  };
  let depth = 6;
  while (depth > 1 && new Set([...full].map((section) => above(section, depth))).size > mostTracks)
    depth -= 1;
  return (section) => (section === null ? null : above(section, depth));
}
