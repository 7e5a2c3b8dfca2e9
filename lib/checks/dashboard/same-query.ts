import { fillVariables, standsForVariable } from './template.ts';

/** Whether a query asks what the spec's asks, up to white space and to what a variable stands for. */
export function asksTheSame(written: string, wanted: string): boolean {
  const own = wordsOf(fillVariables(written));
  const other = wordsOf(wanted);
  if (own.length !== other.length) return false;
  return own.every((word, at) => word === other[at] || standsForVariable(word));
}

/** Texts in quotes, names, numbers with their units, and every other character; comments and white space left out. */
const words = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|[\w:.]+|\S/g;

function wordsOf(expr: string): string[] {
  return [...expr.matchAll(words)].map(([word]) => word).filter((word) => !word.startsWith('#'));
}
