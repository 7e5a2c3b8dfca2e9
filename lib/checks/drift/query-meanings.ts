import { fillVariables } from '../dashboard/template.ts';
import { referred, variableReference } from '../dashboard/variable-reference.ts';
import { meaningOf } from '../promql/meaning.ts';

/** In characters of all queries that are parsed for one comparison: the grammar takes half a second or so for them. */
const mostParsed = 250_000;
/** A longer one is compared as it is written. */
const longest = 50_000;

/**
 * Queries of dashboards by what they mean: each text is parsed once, and only where its text alone did not find its
 * match. What does not parse, or is beyond what is parsed at once, stands for itself up to white space.
 */
export class QueryMeanings {
  readonly #known = new Map<string, string>();
  #parsed = 0;

  /** Equal for queries that ask the same. Variables are the same by name, however they are written. */
  of(expr: string): string {
    const known = this.#known.get(expr);
    if (known !== undefined) return known;
    const meaning = this.#read(expr);
    this.#known.set(expr, meaning);
    return meaning;
  }

  #read(expr: string): string {
    this.#parsed += expr.length;
    if (expr.length > longest || this.#parsed > mostParsed) return asWritten(expr);
    // Durations and numbers lose their variable's name to what stands for them: the names are told beside.
    const names: string[] = [];
    const filled = fillVariables(variablesAlike(expr), (written) => names.push(written));
    const meaning = meaningOf(filled);
    return meaning === null ? asWritten(expr) : `${meaning} ${names.join(' ')}`;
  }
}

/** `$a`, `[[a]]` and `${a}` are one. */
function variablesAlike(expr: string): string {
  return expr.replace(variableReference('g'), (_whole, ...rest) => {
    const { name, format } = referred(rest.at(-1));
    return `\${${name}${format === null ? '' : `:${format}`}}`;
  });
}

/** A text in quotes, or else what stands between words: comments and white space. */
const between = /("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?)|(?:#[^\n]*|\s)+/gs;

/** A query as it stands, up to comments and to white space between words: in a text in quotes that counts. */
export function asWritten(expr: string): string {
  return `as written: ${expr.replace(between, (_all, text?: string) => text ?? ' ').trim()}`;
}
