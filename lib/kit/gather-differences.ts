/** A place where kit and repository differ. */
interface Place {
  readonly at: string;
  readonly kit: string | null;
  readonly repository: string | null;
}

/** From so many on, what is missing (or too much) in one part of a file is told as one. */
const many = 4;
/** A part is named by the first words of a place: `panels › “Execution Lag (p95)”`. */
const depth = 2;

/**
 * Tells differences as people would: where a whole part is gone, or one is there that the kit does not have, its
 * values are counted in one line and not listed one by one. Pure; keeps the order of what comes first.
 */
export function gatherDifferences<T extends Place>(differences: readonly T[]): readonly T[] {
  const groups = Map.groupBy(differences, groupOf);
  const told = new Set<string>();
  return differences.flatMap((one) => {
    const key = groupOf(one);
    const group = groups.get(key) ?? [];
    if (isChanged(one) || group.length < many) return [one];
    if (told.has(key)) return [];
    told.add(key);
    const values = `${group.length} values`;
    return [
      {
        ...one,
        at: partOf(one.at),
        kit: one.kit === null ? null : values,
        repository: one.repository === null ? null : values,
      },
    ];
  });
}

function groupOf(one: Place): string {
  const side = isChanged(one) ? 'changed' : one.kit === null ? 'extra' : 'missing';
  return `${side} ${partOf(one.at)}`;
}

function isChanged({ kit, repository }: Place): boolean {
  return kit !== null && repository !== null;
}

function partOf(at: string): string {
  return at.split(' › ').slice(0, depth).join(' › ');
}
