/** A place in a line, in characters and in columns. A tab goes to the next column that 4 divides; part of one may be eaten. */
export class Cursor {
  readonly #text: string;
  #at = 0;
  #column = 0;
  /** Columns of the tab at `#at` that were eaten. */
  #eaten = 0;
  #next = 0;
  #nextColumn = 0;

  constructor(text: string) {
    this.#text = text;
    this.#look();
  }

  /** Columns of white space before the next character. */
  get indent(): number {
    return this.#nextColumn - this.#column;
  }

  /** The next character that is no white space; empty at the end. */
  get char(): string {
    return this.#text.charAt(this.#next);
  }

  get blank(): boolean {
    return this.#next >= this.#text.length;
  }

  /** From the next character that is no white space on. */
  get rest(): string {
    return this.#text.slice(this.#next);
  }

  /** All from here on, what is left of a tab as spaces. */
  get raw(): string {
    if (this.#eaten === 0) return this.#text.slice(this.#at);
    return ' '.repeat(4 - (this.#column % 4)) + this.#text.slice(this.#at + 1);
  }

  skipIndent(): void {
    this.#at = this.#next;
    this.#column = this.#nextColumn;
    this.#eaten = 0;
  }

  /** Goes on by characters that are no tabs. */
  skip(count: number): void {
    this.#at += count;
    this.#column += count;
    this.#look();
  }

  /** Goes on by columns of white space, at most as many as there are. */
  columns(count: number): void {
    for (let left = Math.min(count, this.indent); left > 0; ) {
      const width = this.#text[this.#at] === '\t' ? 4 - (this.#column % 4) : 1;
      const step = Math.min(width, left);
      this.#column += step;
      left -= step;
      if (step === width) {
        this.#at += 1;
        this.#eaten = 0;
      } else this.#eaten += step;
    }
  }

  #look(): void {
    let at = this.#at;
    let column = this.#column;
    for (; at < this.#text.length; at += 1) {
      const char = this.#text[at];
      if (char === '\t') column += 4 - (column % 4);
      else if (char === ' ') column += 1;
      else break;
    }
    this.#next = at;
    this.#nextColumn = column;
  }
}
