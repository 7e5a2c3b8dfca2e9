/** One line of a comparison, with its number on each side that has it. */
export interface DiffLine {
  readonly kind: 'removed' | 'added' | 'same' | 'gap';
  readonly repository: number | null;
  readonly kit: number | null;
  readonly text: string;
}

/** A stretch of changes in the unified format: lines begin with a space, `-`, `+` or `\`. */
interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** The lines of a comparison, numbered; a gap stands between stretches. Pure. */
export function diffLines(hunks: readonly Hunk[]): readonly DiffLine[] {
  return hunks.flatMap(({ oldStart, newStart, lines }, index) => {
    let repository = oldStart;
    let kit = newStart;
    const gap: DiffLine[] =
      index === 0 ? [] : [{ kind: 'gap', repository: oldStart, kit: newStart, text: '' }];
    const numbered = lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1);
      if (line.startsWith('-')) return [{ kind: 'removed', repository: repository++, kit: null, text }];
      if (line.startsWith('+')) return [{ kind: 'added', repository: null, kit: kit++, text }];
      // "\ No newline at end of file" is a note, and no line.
      if (line.startsWith('\\')) return [];
      return [{ kind: 'same', repository: repository++, kit: kit++, text }];
    });
    return [...gap, ...numbered];
  });
}
