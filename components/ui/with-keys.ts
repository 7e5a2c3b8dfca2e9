/**
 * Pairs each value with a React key: what `keyOf` says, numbered where it repeats. For lists whose values have no id
 * of their own.
 */
export function withKeys<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): readonly (readonly [string, T])[] {
  const seen = new Map<string, number>();
  return values.map((value) => {
    const key = keyOf(value);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return [count === 0 ? key : `${key} ${count}`, value];
  });
}
