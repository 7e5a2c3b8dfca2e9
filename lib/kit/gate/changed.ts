import type { GateSpec, StrideSpec } from '#lib/domain/kit-spec.ts';

/** Patterns, one of which must have changed for the strides named here to run on a pull request. */
export interface PathSet {
  /** A name for them in scripts: `paths_1`. */
  readonly name: string;
  readonly paths: readonly string[];
  readonly strides: readonly string[];
}

/**
 * The sets of patterns by which strides are skipped, each once. The gate's own files are in every set. A stride
 * without paths is in none, and always runs.
 */
export function pathSets(gate: GateSpec): readonly PathSet[] {
  const own = ownFiles(gate);
  const sets = new Map<string, { paths: readonly string[]; strides: string[] }>();
  for (const { id, paths } of gate.strides) {
    if (paths.length === 0) continue;
    const all = [...new Set([...own, ...gate.always, ...paths])];
    const key = all.join('\n');
    const set = sets.get(key) ?? { paths: all, strides: [] };
    set.strides.push(id);
    sets.set(key, set);
  }
  return [...sets.values()].map((set, index) => ({ name: `paths_${index + 1}`, ...set }));
}

/** The files that the gate itself stands in. */
export function ownFiles(gate: GateSpec): readonly string[] {
  return [gate.github?.file, gate.gitlab?.file, gate.local].filter((file) => file != null);
}

/** The set of a stride; null when it always runs. */
export function pathSetOf(sets: readonly PathSet[], stride: StrideSpec): PathSet | null {
  return sets.find(({ strides }) => strides.includes(stride.id)) ?? null;
}

/**
 * Shell lines that put a set into an array as Git's pathspecs: `**` means folders at any depth (gitglossary,
 * pathspec, magic word `glob`).
 */
export function pathArray({ name, paths }: PathSet): string[] {
  return [`${name}=(`, ...paths.map((path) => `  ':(top,glob)${path}'`), ')'];
}

/**
 * A shell function `changed` that holds when one of some pathspecs changed between two commits. An error of Git's
 * counts as a change, so that in doubt a stride runs.
 */
export function changedFunction(from: string, to: string): string[] {
  return ['changed() {', `  ! git diff --quiet ${from} ${to} -- "$@"`, '}'];
}

/**
 * A shell command that fails when none of the patterns has a file: an archive of nothing is not to pass in silence.
 * `find -path` lets `*` match across folders, which is what `**` means. A folder is kept with all that is in it.
 */
export function artifactsTest(paths: readonly string[]): string {
  const tests = paths.flatMap((path) => {
    const open = `./${path.replaceAll('**/', '*').replaceAll('**', '*')}`;
    return path.endsWith('/') ? [`-path '${open}*'`] : [`-path '${open}'`, `-path '${open}/*'`];
  });
  const missing = `None of the artifacts is there: ${paths.join(', ')}`;
  return `find . -type f \\( ${tests.join(' -o ')} \\) -print | grep -q . || { echo '${missing}' >&2; exit 1; }`;
}
