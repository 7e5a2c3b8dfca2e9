/** A pattern read into its parts. Sets hold ranges of code points. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: PatternNode;
      readonly min: number;
      readonly max: number | null;
    };

export type Assertion = 'start' | 'end' | 'word-edge' | 'no-word-edge';

export interface CharacterSet {
  readonly ranges: readonly (readonly [number, number])[];
  readonly negated: boolean;
}

export type PatternRead =
  | { readonly ok: true; readonly node: PatternNode; readonly anyCase: boolean }
  | { readonly ok: false; readonly message: string };

class PatternFault extends Error {}

const digit: CharacterSet = { ranges: [[48, 57]], negated: false };
const word: CharacterSet = {
  ranges: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  negated: false,
};
const space: CharacterSet = {
  ranges: [
    [9, 13],
    [32, 32],
    [160, 160],
    [5760, 5760],
    [8192, 8202],
    [8232, 8233],
    [8239, 8239],
    [8287, 8287],
    [12288, 12288],
    [65279, 65279],
  ],
  negated: false,
};
const lineEnds: CharacterSet = {
  ranges: [
    [10, 10],
    [13, 13],
    [8232, 8233],
  ],
  negated: false,
};
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

/**
 * Reads a regular expression of JavaScript's Unicode syntax without what cannot be matched in linear time:
 * backreferences and lookaround (RE2 leaves out the same). `(?i)` in front makes it blind to case.
 */
export function parsePattern(source: string): PatternRead {
  const anyCase = source.startsWith('(?i)');
  if (source.length > 1000) return { ok: false, message: 'the pattern is longer than 1 000 characters' };
  const reader = new Reader(anyCase ? source.slice(4) : source);
  try {
    const node = reader.choice();
    if (!reader.done())
      return { ok: false, message: 'the pattern has a ) without its (; write \\) for the character' };
    return { ok: true, node, anyCase };
  } catch (error) {
    if (error instanceof PatternFault) return { ok: false, message: error.message };
    throw error;
  }
}

class Reader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  done(): boolean {
    return this.#at >= this.#characters.length;
  }

  choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.done() && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): PatternNode {
    const part = this.#atom();
    const bounds = this.#bounds();
    if (!bounds) return part;
    if (part.kind === 'assert') throw new PatternFault('the pattern repeats ^, $ or \\b, which says nothing');
    this.#take('?');
    return { kind: 'repeat', part, ...bounds };
  }

  #bounds(): { min: number; max: number | null } | null {
    if (this.#take('*')) return { min: 0, max: null };
    if (this.#take('+')) return { min: 1, max: null };
    if (this.#take('?')) return { min: 0, max: 1 };
    if (!this.#take('{')) return null;
    const [all, low, comma, high] = /^(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#rest()) ?? [];
    if (all === undefined || low === undefined || (comma === '' && high !== ''))
      throw new PatternFault(
        'the pattern has a { that begins no count such as {2} or {2,5}; write \\{ for the character',
      );
    this.#at += all.length;
    const max = comma === '' ? Number(low) : high === '' ? null : Number(high);
    if (max !== null && max < Number(low)) throw new PatternFault(`the pattern counts backwards: {${all}`);
    return { min: Number(low), max };
  }

  #atom(): PatternNode {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', set: this.#class() };
      case '.':
        return { kind: 'set', set: { ...lineEnds, negated: true } };
      case '^':
        return { kind: 'assert', what: 'start' };
      case '$':
        return { kind: 'assert', what: 'end' };
      case '*':
      case '+':
      case '?':
        throw new PatternFault(
          `the pattern has a ${character} with nothing before it to repeat; write \\${character}`,
        );
      case ']':
      case '}':
      case '{':
        throw new PatternFault(`the pattern has a lone ${character}; write \\${character} for the character`);
      case '\\':
        if (this.#take('b')) return { kind: 'assert', what: 'word-edge' };
        if (this.#take('B')) return { kind: 'assert', what: 'no-word-edge' };
        return { kind: 'set', set: this.#escape() };
      default:
        return { kind: 'set', set: one(codeOf(character)) };
    }
  }

  #group(): PatternNode {
    if (/^\?(?:<?[=!])/.test(this.#rest()))
      throw new PatternFault(
        'the pattern looks ahead or behind, which cannot be matched in bounded time; say it without',
      );
    const [opening] = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.#rest()) ?? [];
    this.#at += opening?.length ?? 0;
    const node = this.choice();
    if (!this.#take(')'))
      throw new PatternFault('the pattern has a ( without its ); write \\( for the character');
    return node;
  }

  #class(): CharacterSet {
    const negated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take(']')) {
      if (this.done())
        throw new PatternFault('the pattern has a [ without its ]; write \\[ for the character');
      const low = this.#classPart();
      if (low.length !== 1 || this.#peek() !== '-' || this.#peek(1) === ']') {
        ranges.push(...low);
        continue;
      }
      this.#next();
      const high = this.#classPart();
      const [from, to] = [low[0]?.[0] ?? 0, high[0]?.[1] ?? 0];
      if (low[0]?.[1] !== from || high.length !== 1 || high[0]?.[0] !== to || to < from)
        throw new PatternFault(
          'the pattern has a range in [ ] that goes from nothing to nothing, as [z-a] does',
        );
      ranges.push([from, to]);
    }
    return { ranges, negated };
  }

  #classPart(): readonly (readonly [number, number])[] {
    if (!this.#take('\\')) return one(codeOf(this.#next())).ranges;
    if (this.#take('b')) return one(8).ranges;
    const set = this.#escape();
    return set.negated ? complement(set.ranges) : set.ranges;
  }

  #escape(): CharacterSet {
    if (this.done()) throw new PatternFault('the pattern ends with a lone \\; write \\\\ for the character');
    const character = this.#next();
    const classes: Readonly<Record<string, CharacterSet>> = { d: digit, w: word, s: space };
    const known = classes[character.toLowerCase()];
    if (known) return { ...known, negated: character !== character.toLowerCase() };
    const control = controls[character];
    if (control !== undefined) return one(control);
    if (character === '0' && !/^\d/.test(this.#rest())) return one(0);
    if (/\d|k/.test(character))
      throw new PatternFault(
        'the pattern refers back to a group, which cannot be matched in bounded time; say it without',
      );
    const hex = { x: /^([0-9a-f]{2})/i, u: /^(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/i }[character];
    if (hex) {
      const [all, plain, braced] = hex.exec(this.#rest()) ?? [];
      const code = Number.parseInt(plain ?? braced ?? '', 16);
      if (all === undefined || code > 0x10ffff)
        throw new PatternFault(`the pattern has a \\${character} without its digits`);
      this.#at += all.length;
      return one(code);
    }
    if (/[a-z]/i.test(character))
      throw new PatternFault(`the pattern has \\${character}, which is not known here`);
    return one(codeOf(character));
  }

  #rest(): string {
    return this.#characters.slice(this.#at, this.#at + 64).join('');
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #next(): string {
    const character = this.#characters[this.#at] ?? '';
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function one(code: number): CharacterSet {
  return { ranges: [[code, code]], negated: false };
}

/** Of ranges in rising order. */
function complement(ranges: CharacterSet['ranges']): (readonly [number, number])[] {
  const outside: (readonly [number, number])[] = [];
  let from = 0;
  for (const [low, high] of ranges) {
    if (low > from) outside.push([from, low - 1]);
    from = high + 1;
  }
  return [...outside, [from, 0x10ffff]];
}
