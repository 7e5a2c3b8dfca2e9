import { normal, wordsIn } from './wording.ts';

/** Wordings and places that versions of a document have in common, each by a number: what was compared once is known. */
export class Wordings {
  readonly #numbers = new Map<string, number>();
  readonly #normals = new Map<number, { readonly number: number; readonly text: string }>();
  readonly #words = new Map<number, readonly number[]>();
  readonly #wordNumbers = new Map<string, number>();
  readonly #places = new Map<number, Map<number, number>>();
  #placed = 0;

  /** The text's number; equal texts have the same. */
  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const fresh = this.#numbers.size;
    this.#numbers.set(text, fresh);
    return fresh;
  }

  /** The number of what the text has in common with other wordings of it. */
  normalOf(text: string, number = this.of(text)): number {
    return this.#normal(text, number).number;
  }

  #normal(text: string, number: number): { readonly number: number; readonly text: string } {
    const known = this.#normals.get(number);
    if (known !== undefined) return known;
    const common = normal(text);
    const fresh = { number: this.of(common), text: common };
    this.#normals.set(number, fresh);
    return fresh;
  }

  /** The numbers of the text's words, each once; words are numbered by themselves, from 0. */
  wordsOf(text: string, number = this.of(text)): readonly number[] {
    const known = this.#words.get(number);
    if (known !== undefined) return known;
    const found = [...wordsIn(this.#normal(text, number).text)].map((word) => this.#word(word));
    this.#words.set(number, found);
    return found;
  }

  #word(word: string): number {
    const number = this.#wordNumbers.get(word) ?? this.#wordNumbers.size;
    this.#wordNumbers.set(word, number);
    return number;
  }

  /** The number of the place that a title opens inside of another place; 0 is the place around all. */
  placeIn(around: number, title: number): number {
    const inside = this.#places.get(around) ?? new Map<number, number>();
    this.#places.set(around, inside);
    const known = inside.get(title);
    if (known !== undefined) return known;
    this.#placed += 1;
    inside.set(title, this.#placed);
    return this.#placed;
  }
}
