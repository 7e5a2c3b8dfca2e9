import { referred, variableReference } from './variable-reference.ts';

/**
 * What stands for a Grafana variable in PromQL, so that the grammar can read the rest. Numbers and durations are ones
 * that nobody writes, and names begin so that a metric is never taken for one.
 */
const stand = {
  name: 'grafana_variable_',
  number: '424242424',
  duration: '424242424ms',
} as const;

const variable = variableReference('y');
const timeUnit = /^(?:ms|[smhdwy])\b/;

/** A function whose name is a variable, in part or whole: any that there is will do for the grammar. */
const functionName = /[\w:]*grafana_variable_\w*(?=\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\()/gi;

/**
 * Fills a query's variables in with what parses in their places. Texts in quotes stay as they are. `onFill` is told of
 * each, in order, as it is written.
 */
export function fillVariables(expr: string, onFill?: (written: string) => void): string {
  if (!expr.includes('$') && !expr.includes('[[')) return expr;
  let filled = '';
  let brackets = 0;
  let braces = 0;
  for (let at = 0; at < expr.length; ) {
    const char = expr[at] ?? '';
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfText(expr, at);
      filled += expr.slice(at, end);
      at = end;
      continue;
    }
    if (char === '#') {
      const end = expr.indexOf('\n', at);
      if (end < 0) break;
      at = end;
      continue;
    }
    variable.lastIndex = at;
    const found = char === '$' || char === '[' ? variable.exec(expr) : null;
    if (found) {
      at += found[0].length;
      onFill?.(found[0]);
      filled += fill(referred(found.groups).name, filled, expr.slice(at, at + 40), brackets > 0, braces > 0);
      continue;
    }
    if (char === '[') brackets += 1;
    else if (char === ']') brackets -= 1;
    else if (char === '{') braces += 1;
    else if (char === '}') braces -= 1;
    filled += char;
    at += 1;
  }
  return filled.replace(functionName, 'sum');
}

function fill(name: string, before: string, after: string, inRange: boolean, inMatchers: boolean): string {
  const ends = before.slice(-20);
  if (inRange || /\boffset\s+-?\s*$/i.test(ends)) return timeUnit.test(after) ? stand.number : stand.duration;
  if (/^__(?:from|to|\w+_ms|\w+_s)\b/.test(name) || /@\s*$/.test(ends)) return stand.number;
  if (/^__(?:rate_interval|interval|range)$/.test(name)) return stand.duration;
  const placeholder = `${stand.name}${name.replaceAll('.', '_')}`;
  if (inMatchers) {
    if (/[=~]\s*$/.test(ends)) return `"${placeholder}"`;
    if (/[{,]\s*$/.test(ends) && /^\s*[,}]/.test(after)) return `${placeholder}=""`;
    return placeholder;
  }
  return placeholder;
}

/** The place after the text that begins here; the end when nothing closes it. */
function endOfText(expr: string, start: number): number {
  const mark = expr[start];
  for (let at = start + 1; at < expr.length; at += 1) {
    if (expr[at] === '\\' && mark !== '`') at += 1;
    else if (expr[at] === mark) return at + 1;
  }
  return expr.length;
}

/** True when a metric's name, or part of it, is a variable. */
export function namesVariable(metric: string): boolean {
  return metric.includes(stand.name) || metric.includes('$') || metric.includes('[[');
}

/** A word of a filled query that stands for a variable. */
export function standsForVariable(word: string): boolean {
  return word.startsWith(stand.number) || word.includes(stand.name) || /\$\w|\$\{|\[\[\w/.test(word);
}
