import type { SyntaxNode } from '@lezer/common';
import { bare, isFilter, operands, parsePromql } from './parse.ts';

/**
 * How a condition says yes. `there`: by having any series (`sum(rate(x[5m])) == 0` keeps its series, whose value is
 * then 0). `nonzero`: by values that are not 0 (`x == bool 0`, `absent(x)`, a plain number).
 */
export type Affirms = 'there' | 'nonzero';

/** How this expression says yes. One that does not parse counts as `nonzero`; it is refused elsewhere. */
export function affirms(expr: string): Affirms {
  const parse = parsePromql(expr);
  return parse.ok && filters(parse.top) ? 'there' : 'nonzero';
}

function filters(node: SyntaxNode): boolean {
  const inner = bare(node);
  if (isFilter(inner)) return true;
  if (inner.name !== 'BinaryExpr') return false;
  const [left, right] = operands(inner);
  if (!left || !right) return false;
  if (inner.getChild('And') || inner.getChild('Unless')) return filters(left);
  return inner.getChild('Or') !== null && filters(left) && filters(right);
}

/** Whether values affirm a condition; each value as Prometheus writes it. */
export function holdsWith(how: Affirms, values: readonly string[]): boolean {
  if (values.length === 0) return false;
  return how === 'there' || values.every((text) => Number.isFinite(Number(text)) && Number(text) !== 0);
}
