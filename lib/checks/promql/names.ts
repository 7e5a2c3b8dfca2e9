import type { SyntaxNode } from '@lezer/common';
import { parsePromql, unquote } from './parse.ts';

export type MetricNames =
  | {
      readonly ok: true;
      /** Sorted, each once; with a histogram's suffixes as written. */
      readonly names: readonly string[];
      /** Patterns over names that are no plain list of names, as written between the quotes. */
      readonly patterns: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * The metrics that a PromQL expression reads, by Prometheus's own grammar: `foo`, `{__name__="foo"}`, `{"foo"}`, and
 * each of `{__name__=~"foo|bar"}`. One that does not parse is said to be so, never dropped.
 */
export function metricNamesIn(expr: string): MetricNames {
  const parse = parsePromql(expr);
  if (!parse.ok) return parse;
  const names = new Set<string>();
  const patterns = new Set<string>();
  parse.top.cursor().iterate((at) => {
    if (at.name !== 'VectorSelector') return;
    // Only now: a node of its own for every place would take longer than the parsing.
    const { node } = at;
    const own = node.getChild('Identifier');
    if (own) names.add(expr.slice(own.from, own.to));
    const matchers = node.getChild('LabelMatchers');
    for (let child = matchers?.firstChild; child; child = child.nextSibling) {
      readMatcher(expr, child, names, patterns);
    }
  });
  return { ok: true, names: [...names].sort(), patterns: [...patterns].sort() };
}

function readMatcher(expr: string, node: SyntaxNode, names: Set<string>, patterns: Set<string>): void {
  const textAt = (at: SyntaxNode | null | undefined) => (at ? unquote(expr.slice(at.from, at.to)) : null);
  if (node.name === 'QuotedLabelName') {
    const name = textAt(node);
    if (name) names.add(name);
    return;
  }
  const label = node.getChild('LabelName');
  const quoted = node.getChild('QuotedLabelName');
  if ((label ? expr.slice(label.from, label.to) : textAt(quoted)) !== '__name__') return;
  const value = textAt(node.getChild('StringLiteral'));
  const operation = node.getChild('MatchOp')?.firstChild?.name;
  if (value === null) return;
  if (operation === 'EqlSingle') names.add(value);
  else if (operation === 'EqlRegex') {
    if (/^[\w:]+(\|[\w:]+)*$/.test(value)) for (const name of value.split('|')) names.add(name);
    else patterns.add(value);
  }
}
