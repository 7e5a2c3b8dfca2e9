import { structuredPatch } from 'diff';

/** One line of a comparison, with its number on each side that has it. */
export interface DiffLine {
  readonly kind: 'removed' | 'added' | 'same' | 'gap';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** A stretch of changes in the unified format: lines begin with a space, `-`, `+` or `\`. */
interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** Two texts that have little in common are not worth more of a reader's time. */
const limits = { context: 3, timeout: 2000 };

/** Two texts line by line; null where that takes too long. */
export function compareLines(before: string, after: string): readonly DiffLine[] | null {
  const patch = structuredPatch('before', 'after', before, after, '', '', limits);
  return patch ? diffLines(patch.hunks) : null;
}

/** The lines of a comparison, numbered; a gap stands between stretches. Pure. */
export function diffLines(hunks: readonly Hunk[]): readonly DiffLine[] {
  return hunks.flatMap(({ oldStart, newStart, lines }, index) => {
    let before = oldStart;
    let after = newStart;
    const gap: DiffLine[] = index === 0 ? [] : [{ kind: 'gap', before: oldStart, after: newStart, text: '' }];
    const numbered = lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1);
      if (line.startsWith('-')) return [{ kind: 'removed', before: before++, after: null, text }];
      if (line.startsWith('+')) return [{ kind: 'added', before: null, after: after++, text }];
      // "\ No newline at end of file" is a note, and no line.
      if (line.startsWith('\\')) return [];
      return [{ kind: 'same', before: before++, after: after++, text }];
    });
    return [...gap, ...numbered];
  });
}
