/** What was read before and never changes. */
export interface Shelf<T> {
  readonly get: (key: string) => T | null;
  readonly put: (key: string, value: T) => void;
}

/**
 * Keeps what never changes, so that it is asked for once: for as long as a source's `memory` lives, `most` values and
 * the least recently used goes first. A key begins with whose token read it, so that nobody is told what another may see.
 */
export function createShelf<T extends object>(most: number): (memory: object) => Shelf<T> {
  const kept = new WeakMap<object, Map<string, T>>();
  return (memory) => {
    const values = kept.get(memory) ?? new Map<string, T>();
    kept.set(memory, values);
    return {
      get: (key) => {
        const value = values.get(key);
        if (!value) return null;
        values.delete(key);
        values.set(key, value);
        return value;
      },
      put: (key, value) => {
        values.set(key, value);
        const [oldest] = values.keys();
        if (values.size > most && oldest !== undefined) values.delete(oldest);
      },
    };
  };
}
