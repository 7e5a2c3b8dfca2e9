import type { SyntaxNode } from '@lezer/common';
import { bare, isFilter, operands, parsePromql, readsSeries, textOf } from './parse.ts';

/** A part of an expression that gives a value even where nothing is measured. */
export interface Fallback {
  /** As it stands in the expression, to be shown: `or vector(0)`. */
  readonly text: string;
  /** What it stands in for: where this has no data, the value is made up. */
  readonly guarded: string;
}

/**
 * Constant fallbacks of a parsed expression: `x or vector(0)`, either way round and at any depth, `x or up * 0`, and
 * `fill(0)`. A dead reporter gives such an expression a healthy number.
 */
export function constantFallbacks(expr: string): readonly Fallback[] {
  const parse = parsePromql(expr);
  if (!parse.ok) return [];
  const found = new Map<string, Fallback>();
  const add = (text: string, side: SyntaxNode) => {
    const guarded = textOf(parse, measuredPart(side));
    found.set(`${text}\0${guarded}`, { text, guarded });
  };
  parse.top.cursor().iterate(({ node }) => {
    if (node.name !== 'BinaryExpr') return;
    const [left, right] = operands(node);
    if (!left || !right) return;
    const filling = node.getChild('FillModifier');
    if (filling) {
      for (const side of [left, right]) if (readsSeries(side)) add(textOf(parse, filling), side);
    }
    const or = node.getChild('Or');
    if (!or) return;
    if (isConstant(parse.expr, right) && !isConstant(parse.expr, left)) {
      add(parse.expr.slice(or.from, right.to), left);
    } else if (isConstant(parse.expr, left) && !isConstant(parse.expr, right)) {
      add(parse.expr.slice(left.from, or.to), right);
    }
  });
  return [...found.values()];
}

/** Reads no series, or multiplies what it reads by nought. */
function isConstant(expr: string, node: SyntaxNode): boolean {
  const inner = bare(node);
  if (!readsSeries(inner)) return true;
  if (inner.name === 'AggregateExpr' || inner.name === 'FunctionCall') {
    const body = inner.getChild('FunctionCallBody');
    const reading = body ? operands(body).filter(readsSeries) : [];
    return reading.length > 0 && reading.every((part) => isConstant(expr, part));
  }
  if (inner.name !== 'BinaryExpr') return false;
  if (inner.getChild('Or')) return operands(inner).every((part) => isConstant(expr, part));
  if (!inner.getChild('Mul')) return false;
  return operands(inner).some((part) => {
    const factor = bare(part);
    return factor.name === 'NumberDurationLiteral' && Number(expr.slice(factor.from, factor.to)) === 0;
  });
}

/** `x > 5` has no series also while x is small: what is measured is x. */
function measuredPart(node: SyntaxNode): SyntaxNode {
  const inner = bare(node);
  const [left, right] = operands(inner);
  if (!left || !right || inner.name !== 'BinaryExpr') return inner;
  if (isFilter(inner)) return measuredPart(readsSeries(left) ? left : right);
  return inner.getChild('And') || inner.getChild('Unless') ? measuredPart(left) : inner;
}
