import type { PartialParse, SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { nestingOf } from './nesting.ts';

export type PromqlParse =
  | { readonly ok: true; readonly expr: string; readonly top: SyntaxNode }
  | { readonly ok: false; readonly message: string };

/**
 * Parses a PromQL expression by Prometheus's own grammar. The grammar recovers from errors and leaves the end of a
 * string open; here each of these is a refusal that says where. Types (a rate over no range) are Prometheus's to judge.
 */
export function parsePromql(expr: string): PromqlParse {
  if (expr.trim() === '') return { ok: false, message: 'the PromQL expression is empty' };
  const tree = nestingOf(expr) > deepest ? null : treeOf(expr);
  if (tree === null) return { ok: false, message: tooDeep };
  let fault: { from: number; to: number; words: string | null } | null = null;
  tree.iterate({
    enter: (node) => {
      if (fault !== null) return false;
      if (node.type.isError) fault = { from: node.from, to: node.to, words: null };
      else if (node.name === 'StringLiteral' && unquote(expr.slice(node.from, node.to)) === null) {
        fault = { from: node.from, to: node.to, words: 'a text without its closing quote' };
      }
      return fault === null;
    },
  });
  const top = tree.topNode.firstChild;
  if (fault !== null || top === null) return { ok: false, message: faultWords(expr, fault) };
  return { ok: true, expr, top: top.name === 'LineComment' ? (top.nextSibling ?? top) : top };
}

/** lezer cuts off what is nested some thousand deep, as if it were wrong, and takes seconds to get there. */
const deepest = 400;
const tooDeep = `the PromQL is nested more than ${deepest} deep and was not parsed`;

/** Prometheus 2 has a function that 3 calls otherwise. What takes its place is as long, so that places stay. */
function inOneVersion(expr: string): string {
  return expr.replace(/\bholt_winters(?=\s*\()/g, 'deriv       ');
}

/**
 * The grammar's tree; null where it is too deep for the machine's own stack. lezer cuts a chain of some hundreds of
 * operators short, as if it were wrong, lest editors get slow (@lezer/lr, `MaxLeftAssociativeReductionCount`). Here a
 * long sum is a sum: its count of such steps begins anew before each.
 */
function treeOf(expr: string): Tree | null {
  const parse: PartialParse & { bigReductionCount?: number } = parser.startParse(inOneVersion(expr));
  try {
    for (;;) {
      parse.bigReductionCount = 0;
      const tree = parse.advance();
      if (tree) return tree;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function faultWords(
  expr: string,
  fault: { readonly from: number; readonly to: number; readonly words: string | null } | null,
): string {
  if (fault === null) return 'the PromQL does not parse';
  const rest = expr.slice(fault.from);
  if (rest.trim() === '') return 'the PromQL does not parse: it ends too early';
  const at = `at character ${fault.from + 1}`;
  const near = (fault.to > fault.from ? expr.slice(fault.from, fault.to) : rest).slice(0, 30);
  return `the PromQL does not parse ${at}: ${fault.words ?? `“${near}” is not expected there`}`;
}

/** Source text of a node. */
export function textOf(parse: { readonly expr: string }, node: SyntaxNode): string {
  return parse.expr.slice(node.from, node.to);
}

/** The node inside any parentheses. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenExpr') {
    const next = operands(inner)[0];
    if (!next) break;
    inner = next;
  }
  return inner;
}

const notExpressions: ReadonlySet<string> = new Set([
  'MatchingModifierClause',
  'BoolModifier',
  'FillModifier',
]);
const expressions =
  /^(AggregateExpr|BinaryExpr|FunctionCall|MatrixSelector|NumberDurationLiteral|OffsetExpr|AnchoredExpr|SmoothedExpr|ParenExpr|StringLiteral|SubqueryExpr|UnaryExpr|VectorSelector|StepInvariantExpr)$/;

/** The expressions right below a node, in order: for a binary one its two sides. */
export function operands(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!notExpressions.has(child.name) && expressions.test(child.name)) found.push(child);
  }
  return found;
}

/** True when anything below reads a series. */
export function readsSeries(node: SyntaxNode): boolean {
  let reads = false;
  node.cursor().iterate((below) => {
    if (below.name === 'VectorSelector') reads = true;
    return !reads;
  });
  return reads;
}

const comparisons: ReadonlySet<string> = new Set(['Eql', 'Neq', 'Lss', 'Lte', 'Gtr', 'Gte']);

/** True for a comparison that keeps or drops series, false for one that gives 0 or 1 (`bool`). */
export function isFilter(node: SyntaxNode): boolean {
  if (node.name !== 'BinaryExpr' || node.getChild('BoolModifier')) return false;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (comparisons.has(child.name)) return true;
  }
  return false;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The text of a PromQL string (Go's escapes; none in backticks); null when it does not end. */
export function unquote(literal: string): string | null {
  const mark = literal[0];
  if (mark === undefined || literal.length < 2 || literal.at(-1) !== mark) return null;
  const inside = literal.slice(1, -1);
  if (mark === '`') return inside;
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(inside)) return null;
  return inside.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_all, hex, short, long, octal, character) => {
      if (character !== undefined) return escapes[character] ?? character;
      const code =
        octal === undefined ? Number.parseInt(hex ?? short ?? long, 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
