export interface Pairs<T> {
  readonly pairs: readonly (readonly [T, T])[];
  /** Of the file and of what runs, those without a counterpart, in order. */
  readonly file: readonly T[];
  readonly runs: readonly T[];
}

/**
 * Pairs what is the same by one key after the other, the first that fits; of several with one key, in their order.
 * A null key pairs with nothing. Takes time in proportion to the keys.
 */
export function pairUp<T>(
  file: readonly T[],
  runs: readonly T[],
  keys: readonly ((one: T) => string | null)[],
): Pairs<T> {
  const pairs: (readonly [T, T])[] = [];
  let [ours, theirs] = [file, runs];
  for (const keyOf of keys) {
    if (ours.length === 0 || theirs.length === 0) break;
    const waiting = Map.groupBy(theirs, keyOf);
    const next = new Map<string, number>();
    const taken = new Set<T>();
    const left: T[] = [];
    for (const one of ours) {
      const key = keyOf(one);
      const at = key === null ? 0 : (next.get(key) ?? 0);
      const other = key === null ? undefined : waiting.get(key)?.[at];
      if (key === null || other === undefined) left.push(one);
      else {
        next.set(key, at + 1);
        taken.add(other);
        pairs.push([one, other]);
      }
    }
    [ours, theirs] = [left, theirs.filter((one) => !taken.has(one))];
  }
  return { pairs, file: ours, runs: theirs };
}
