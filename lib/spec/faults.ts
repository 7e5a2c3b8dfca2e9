import type { Fault, Problem } from '#lib/domain/problem.ts';
import { foreignCharacters } from './characters.ts';
import { nearest } from './nearest.ts';
import { nodeAt, type Path, type Place, placeOf, type SpecNode, writePath } from './tree.ts';

/** Faults found while a spec is read, each at its place in the text; one a place. */
export interface Faults {
  readonly add: (path: Path, message: string, remedy: string | null, point?: 'key' | 'value') => void;
  /** A key that is missing because it was mistyped: one fault, not two. */
  readonly excuse: (path: Path) => void;
  readonly isExcused: (path: Path) => boolean;
  /** Whether anything at the path or below it is at fault. */
  readonly under: (path: Path) => boolean;
  readonly all: () => readonly Fault[];
}

/** Collects faults about a document. The first at a place stays: what comes later follows from it. */
export function collectFaults(root: SpecNode, given: readonly Fault[] = []): Faults {
  const found = new Map<string, Fault>();
  const paths = new Set<string>();
  const excused = new Set<string>();
  const keep = (fault: Fault): void => {
    const key = `${fault.line}:${fault.column}:${fault.path}`;
    if (!found.has(key)) found.set(key, fault);
  };
  for (const fault of given) keep(fault);
  return {
    add: (path, message, remedy, point = 'value') => {
      const node = nodeAt(root, path);
      if (excused.has(writePath(path)) || (node?.kind === 'scalar' && node.broken === true)) return;
      const { line, column } = placeOf(root, path, point);
      for (let length = 0; length <= path.length; length += 1) paths.add(writePath(path.slice(0, length)));
      keep({ line, column, path: writePath(path), message, remedy });
    },
    excuse: (path) => void excused.add(writePath(path)),
    isExcused: (path) => excused.has(writePath(path)),
    under: (path) => paths.has(writePath(path)),
    all: () => [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** A fault at a place in a text that did not become a document. */
export function faultAt(place: Place, message: string, remedy: string | null, path = ''): Fault {
  return { line: place.line, column: place.column, path, message, remedy };
}

const most = 50;

/** The problem that a spec's faults make: all of them up to 50, in the order of the text, and how many more. */
export function specProblem(name: string, faults: readonly Fault[]): Problem {
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  const more = faults.length > most ? ` The first ${most} are listed, and ${faults.length - most} more.` : '';
  return {
    code: 'invalid-input',
    message: `${name} has ${count}, so nothing of it was taken over.${more}`,
    remedy: 'Put right what each line says, then read it again.',
    faults: faults.slice(0, most),
  };
}

/** Names of one sort that a spec declares, and what one is called. */
export interface Names {
  readonly what: string;
  readonly names: ReadonlySet<string>;
  /** Its section could not be read, so that nobody can say what is in it. */
  readonly open?: boolean;
}

/** Says so when the text at a path names nothing of its sort. */
export function refer(root: SpecNode, faults: Faults, path: Path, { what, names, open }: Names): void {
  if (open) return;
  const node = nodeAt(root, path);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || names.has(node.value)) return;
  faults.add(path, noSuch(what, node.value), meant(node.value, names));
}

/** "No role is called `x` here." With the code points of what looks like another name and is not. */
export function noSuch(what: string, written: string): string {
  const foreign = foreignCharacters(written);
  return `No ${what} is called \`${written.slice(0, 100)}\`${foreign ? `, which ${foreign.message}` : ''}.`;
}

/** "Write `x`" for a near name, else the names there are, else nothing to offer. */
export function meant(written: string, names: ReadonlySet<string>): string {
  const near = nearest(written, names);
  if (near !== null) return `Write \`${near}\`, if that is meant.`;
  if (names.size === 0) return 'None is declared: declare it first.';
  const shown = [...names].slice(0, 16).map((name) => `\`${name}\``);
  const rest = names.size > shown.length ? ` and ${names.size - shown.length} more` : '';
  return `There ${names.size === 1 ? 'is' : 'are'} ${shown.join(', ')}${rest}.`;
}
