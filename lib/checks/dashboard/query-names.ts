import { type MetricNames, metricNamesIn } from '../promql/names.ts';
import { fillVariables, namesVariable } from './template.ts';

/** One longer than this is not handed to the grammar. */
const longest = 50_000;
/** Nor one of more words and signs, which are what the grammar's time goes by. */
const mostWords = 20_000;
/** Nor is more than this in one file: the grammar takes a second for half of it on a slow machine. */
const mostInAll = 500_000;
/** What does not parse takes the grammar many times as long, because it looks for how it could go on. */
const costOfFault = 20;

/** Reads the metrics of a file's queries: each text once, within what can be read in a second or so. */
export class QueryNames {
  readonly #known = new Map<string, MetricNames>();
  #read = 0;

  /** The metrics of one expression. What is not read, or does not parse, is named and says why. */
  of(expr: string): MetricNames {
    const known = this.#known.get(expr);
    if (known) return known;
    const names = this.#parse(expr);
    this.#known.set(expr, names);
    return names;
  }

  #parse(expr: string): MetricNames {
    if (expr.length > longest)
      return { ok: false, message: `the PromQL has more than ${longest} characters and was not parsed` };
    const words = expr.match(/\w+|[^\w\s]/g)?.length ?? 0;
    if (words > mostWords)
      return {
        ok: false,
        message: `the PromQL has more than ${mostWords} words and signs and was not parsed`,
      };
    this.#read += words;
    if (this.#read > mostInAll)
      return { ok: false, message: 'the file has more PromQL than is parsed at once' };
    const names = metricNamesIn(fillVariables(expr));
    if (!names.ok) this.#read += (costOfFault - 1) * words;
    if (!names.ok || !names.names.some(namesVariable)) return names;
    return {
      ok: true,
      names: names.names.filter((name) => !namesVariable(name)),
      patterns: [...names.patterns, ...names.names.filter(namesVariable)],
    };
  }
}
