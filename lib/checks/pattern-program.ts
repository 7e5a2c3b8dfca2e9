import type { Assertion, CharacterSet, PatternNode } from './pattern-parse.ts';

/** One step of a pattern as an automaton takes it. Numbers are places in the program. */
export type Step =
  | { readonly op: 'set'; readonly set: number; readonly next: number }
  | { readonly op: 'assert'; readonly what: Assertion; readonly next: number }
  | { readonly op: 'either'; readonly next: readonly number[] }
  | { readonly op: 'match' };

export interface Program {
  readonly steps: readonly Step[];
  readonly sets: readonly CharacterSet[];
  readonly start: number;
}

/** Counted repetitions are written out, so this bounds them together. */
const stepLimit = 2000;

/** The automaton of a pattern (Thompson's construction, built from its end), or null when it would be too large. */
export function compileProgram(node: PatternNode): Program | null {
  const steps: Step[] = [{ op: 'match' }];
  const sets: CharacterSet[] = [];
  let tooLarge = false;

  const add = (step: Step): number => {
    if (steps.length >= stepLimit) {
      tooLarge = true;
      return 0;
    }
    return steps.push(step) - 1;
  };
  const build = (part: PatternNode, next: number): number => {
    if (tooLarge) return 0;
    switch (part.kind) {
      case 'set':
        return add({ op: 'set', set: sets.push(part.set) - 1, next });
      case 'assert':
        return add({ op: 'assert', what: part.what, next });
      case 'sequence':
        return part.parts.reduceRight((after, each) => build(each, after), next);
      case 'choice':
        return add({ op: 'either', next: part.options.map((option) => build(option, next)) });
      case 'repeat': {
        let at = next;
        if (part.max === null) at = loop(part.part, next);
        else
          for (let count = part.min; count < part.max && !tooLarge; count += 1)
            at = maybe(part.part, at, next);
        for (let count = 0; count < part.min && !tooLarge; count += 1) at = build(part.part, at);
        return at;
      }
    }
  };
  const maybe = (part: PatternNode, after: number, past: number): number =>
    add({ op: 'either', next: [build(part, after), past] });
  const loop = (part: PatternNode, past: number): number => {
    const at = add({ op: 'either', next: [] });
    const inner = build(part, at);
    if (!tooLarge) steps[at] = { op: 'either', next: [inner, past] };
    return at;
  };

  const start = build(node, 0);
  return tooLarge ? null : { steps, sets, start };
}
