import { type Assertion, type CharacterSet, parsePattern } from './pattern-parse.ts';
import { compileProgram, type Program } from './pattern-program.ts';

/** A pattern that can be looked for in a text in time that grows with the text's length and no faster. */
export interface Pattern {
  readonly test: (text: string) => boolean;
}

export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string };

/**
 * Compiles a regular expression for searching. With `lines`, `^` and `$` stand at the ends of every line, else of the
 * text. It is matched by an automaton whose states are made when met (Thompson 1968; the way RE2 goes), so that no
 * pattern and no text can make it hang.
 */
export function compilePattern(source: string, options: { readonly lines: boolean }): PatternResult {
  const read = parsePattern(source);
  if (!read.ok) return read;
  const program = compileProgram(read.node);
  if (!program) return { ok: false, message: 'the pattern’s counts make it too large; count less' };
  const automaton = new Automaton(program, read.anyCase, options.lines);
  return { ok: true, pattern: { test: (text) => automaton.finds(text) } };
}

/** What stands on one side of a place between two characters. */
const edge = { text: 0, line: 1, word: 2, other: 3 } as const;
type Edge = (typeof edge)[keyof typeof edge];

/** Characters that no set of the program tells apart. */
interface CharacterClass {
  readonly id: number;
  readonly edge: Edge;
  /** Of each set: whether it has them. */
  readonly isIn: readonly boolean[];
}

interface State {
  readonly places: readonly number[];
  readonly before: Edge;
  readonly next: (State | 'found' | undefined)[];
}

/** Beyond this many states they are forgotten and made anew. */
const stateLimit = 2000;
const endOfText: CharacterClass = { id: 0, edge: edge.text, isIn: [] };

class Automaton {
  readonly #program: Program;
  readonly #anyCase: boolean;
  readonly #lines: boolean;
  readonly #classOfCode = new Map<number, CharacterClass>();
  readonly #classes = new Map<string, CharacterClass>();
  #states = new Map<string, State>();

  constructor(program: Program, anyCase: boolean, lines: boolean) {
    this.#program = program;
    this.#anyCase = anyCase;
    this.#lines = lines;
  }

  finds(text: string): boolean {
    let state = this.#state([], edge.text);
    for (let at = 0; at <= text.length; ) {
      const code = at < text.length ? (text.codePointAt(at) ?? 0) : -1;
      const met = code < 0 ? endOfText : this.#classOf(code);
      const next = state.next[met.id] ?? this.#step(state, met);
      if (next === 'found') return true;
      state.next[met.id] = next;
      state = next;
      at += code > 0xffff ? 2 : 1;
    }
    return false;
  }

  #step(state: State, met: CharacterClass): State | 'found' {
    const { steps, start } = this.#program;
    const waiting = [...state.places, start];
    const seen = new Set<number>();
    const places = new Set<number>();
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const step = steps[at];
      if (step?.op === 'match') return 'found';
      if (step?.op === 'either') waiting.push(...step.next);
      if (step?.op === 'assert' && this.#holds(step.what, state.before, met.edge)) waiting.push(step.next);
      if (step?.op === 'set' && met.isIn[step.set] === true) places.add(step.next);
    }
    return this.#state(
      [...places].sort((a, b) => a - b),
      met.edge,
    );
  }

  #holds(what: Assertion, before: Edge, after: Edge): boolean {
    const wordEdge = (before === edge.word) !== (after === edge.word);
    switch (what) {
      case 'start':
        return before === edge.text || (this.#lines && before === edge.line);
      case 'end':
        return after === edge.text || (this.#lines && after === edge.line);
      case 'word-edge':
        return wordEdge;
      case 'no-word-edge':
        return !wordEdge;
    }
  }

  #state(places: readonly number[], before: Edge): State {
    const key = `${before} ${places.join(' ')}`;
    const known = this.#states.get(key);
    if (known) return known;
    if (this.#states.size >= stateLimit) this.#states = new Map();
    const state: State = { places, before, next: [] };
    this.#states.set(key, state);
    return state;
  }

  #classOf(code: number): CharacterClass {
    const known = this.#classOfCode.get(code);
    if (known) return known;
    const isIn = this.#program.sets.map((set) => this.#isIn(code, set));
    const around = edgeOf(code);
    const key = `${around} ${isIn.map(Number).join('')}`;
    const made = this.#classes.get(key) ?? { id: this.#classes.size + 1, edge: around, isIn };
    this.#classes.set(key, made);
    this.#classOfCode.set(code, made);
    return made;
  }

  #isIn(code: number, { ranges, negated }: CharacterSet): boolean {
    const has = (one: number): boolean => ranges.some(([low, high]) => low <= one && one <= high);
    if (!this.#anyCase) return has(code) !== negated;
    const character = String.fromCodePoint(code);
    const forms = [character, character.toLowerCase(), character.toUpperCase()];
    return forms.some((form) => [...form].length === 1 && has(form.codePointAt(0) ?? 0)) !== negated;
  }
}

function edgeOf(code: number): Edge {
  if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) return edge.line;
  const isWord =
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
  return isWord ? edge.word : edge.other;
}
