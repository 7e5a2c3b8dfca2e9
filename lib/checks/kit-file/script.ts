import type { Piece } from './align.ts';

/** The lines of a script that do something. Comments but for the first line, and empty lines, do not. */
export function scriptPieces(text: string): Piece[] {
  return text.split(/\r?\n/).flatMap((full, index): Piece[] => {
    const line = full.trimEnd();
    const says = index === 0 ? line !== '' : line !== '' && !line.trimStart().startsWith('#');
    return says ? [{ place: '', line: index + 1, value: line }] : [];
  });
}
