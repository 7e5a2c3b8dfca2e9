import { saidAlone, saidApart } from './said-apart.ts';

/** One place where a file of the repository and the kit's say different things. */
export interface Difference {
  /** What the place is: a value of a tree, a line of a text, or all of a text that has too little in common. */
  readonly of: 'value' | 'line' | 'whole';
  /** Where, in words: `panels › “Execution Lag (p95)” › fieldConfig › …`, `Treasury Stuck › Symptoms › line 12`. */
  readonly at: string;
  /** Null where the kit has nothing there. */
  readonly kit: string | null;
  /** Null where the repository has nothing there. */
  readonly repository: string | null;
}

/** What a difference is, in a clause. */
export function sayDifference({ of, at, kit, repository }: Difference): string {
  if (of === 'whole') return `${at} differs as a whole: it has ${repository}, the kit has ${kit}`;
  if (repository === null) return of === 'line' ? `${at} gone: ${saidAlone(kit ?? '')}` : `${at} is missing`;
  if (kit === null)
    return of === 'line' ? `${at} added: ${saidAlone(repository)}` : `${at} is not of the kit`;
  const [there, wanted] = saidApart(repository, kit);
  return `${at} ${of === 'line' ? 'reads' : 'is'} ${there}, the kit has ${wanted}`;
}

/** Whether a place is one, or inside one: what is meant of `line 1` is not of `line 12`. */
export function beginsAt(place: string, beginning: string): boolean {
  return place === beginning || place.startsWith(`${beginning} › `);
}

/**
 * That a script of the kit cannot be run where it stands, as Git's mode of it says. A file that can be run and need
 * not be is no difference: it says the same. `there` is null where no mode is known.
 */
export function modeDifferences(isToRun: boolean, there: boolean | null): readonly Difference[] {
  if (!isToRun || there !== false) return [];
  return [{ of: 'value', at: modeAt, kit: '100755', repository: '100644' }];
}

/** The place of a file's mode. */
export const modeAt = 'mode';
