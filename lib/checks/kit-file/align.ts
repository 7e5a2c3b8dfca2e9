import { diffArrays } from 'diff';
import type { Difference } from './difference.ts';

/** A piece of a text that says something: a line, a paragraph, an entry of a list. */
export interface Piece {
  /** Where it stands besides its line: `Treasury Stuck › Symptoms`, or nothing. */
  readonly place: string;
  /** One-based. */
  readonly line: number;
  readonly value: string;
}

/**
 * Pieces put in or taken out up to which two texts are the same one, changed. Beyond that they differ as a whole; the
 * time to find out grows with the square of it, and not with the texts.
 */
const mostEdits = 1000;
/** Of two lines, what both begin and end with, from which on one is the other, changed. */
const alike = 0.5;

/** Where a text differs from the kit's, along their longest common subsequence (Myers, 1986); null as a whole. */
export function align(kit: readonly Piece[], repository: readonly Piece[]): Difference[] | null {
  if (leastEdits(kit, repository) > mostEdits) return null;
  const ids = new Map<string, number>();
  const idsOf = (pieces: readonly Piece[]) =>
    pieces.map(({ value }) => {
      const id = ids.get(value) ?? ids.size;
      ids.set(value, id);
      return id;
    });
  const runs = diffArrays(idsOf(kit), idsOf(repository), { maxEditLength: mostEdits });
  if (!runs) return null;
  const found: Difference[] = [];
  let [ours, theirs] = [0, 0];
  let gone: readonly Piece[] = [];
  let added: readonly Piece[] = [];
  for (const { count, removed: isGone, added: isAdded } of runs) {
    if (isGone) gone = kit.slice(ours, ours + count);
    else if (isAdded) added = repository.slice(theirs, theirs + count);
    else {
      found.push(...told(gone, added));
      [gone, added] = [[], []];
    }
    if (!isAdded) ours += count;
    if (!isGone) theirs += count;
  }
  return [...found, ...told(gone, added)];
}

/** Edits that there are at the least, in whatever order the pieces stand: those that only one side has. */
function leastEdits(kit: readonly Piece[], repository: readonly Piece[]): number {
  const counts = new Map<string, number>();
  for (const { value } of kit) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const { value } of repository) counts.set(value, (counts.get(value) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/** Tells what stands in one place instead of another: pieces that were changed, and those only one side has. */
function told(gone: readonly Piece[], added: readonly Piece[]): Difference[] {
  const found: Difference[] = [];
  let next = 0;
  for (const [index, piece] of gone.entries()) {
    const isOneForOne = gone.length === added.length;
    const at = isOneForOne ? index : added.findIndex((one, other) => other >= next && isAlike(piece, one));
    const instead = added[at];
    if (!instead) {
      found.push({ of: 'line', at: placeOf(piece, 'kit’s line'), kit: piece.value, repository: null });
      continue;
    }
    found.push(...added.slice(next, at).map(extra));
    found.push({ of: 'line', at: placeOf(instead), kit: piece.value, repository: instead.value });
    next = at + 1;
  }
  return [...found, ...added.slice(next).map(extra)];
}

function extra(piece: Piece): Difference {
  return { of: 'line', at: placeOf(piece), kit: null, repository: piece.value };
}

function placeOf({ place, line }: Piece, word = 'line'): string {
  return `${place === '' ? '' : `${place} › `}${word} ${line}`;
}

function isAlike({ value: one }: Piece, { value: other }: Piece): boolean {
  const most = Math.min(one.length, other.length, 1000);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return start + end >= alike * Math.max(one.length, other.length);
}
