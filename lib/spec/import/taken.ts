/** Ids that are in use. */
export class Taken {
  readonly #ids: Set<string>;
  /** For an id that was wanted again, the number to try next: a thousand equal lines stay quick. */
  readonly #next = new Map<string, number>();

  constructor(ids: Iterable<string> = []) {
    this.#ids = new Set(ids);
  }

  /** Takes the id, or where it is in use the id with the least number behind it that is free. */
  take(id: string): string {
    let free = id;
    let count = this.#next.get(id) ?? 2;
    for (; this.#ids.has(free); count += 1) free = `${id}-${count}`;
    this.#next.set(id, count);
    this.#ids.add(free);
    return free;
  }

  add(id: string): void {
    this.#ids.add(id);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
