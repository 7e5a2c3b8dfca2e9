import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  readonly label: string;
  readonly how: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** The part of PromQL that input series can be made for. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'series';
      readonly name: string;
      readonly matchers: readonly Matcher[];
      /** Length of a range selector; null for an instant one. */
      readonly rangeMs: number | null;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'aggregate'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unusual'; readonly text: string };

/** Reads an expression by Prometheus's own grammar; what it is not made for comes back as `unusual`, with its text. */
export function readExpression(expr: string): Expression {
  const tree = parser.parse(expr);
  const [top] = children(tree.topNode);
  let broken = top === undefined;
  tree.iterate({
    enter: ({ type }) => {
      if (type.isError) broken = true;
    },
  });
  return broken || !top ? { kind: 'unusual', text: expr } : read(expr, top);
}

const operators: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div']);

function read(expr: string, node: SyntaxNode): Expression {
  const text = (at: SyntaxNode) => expr.slice(at.from, at.to);
  const unusual: Expression = { kind: 'unusual', text: text(node) };
  const [inner] = children(node);
  switch (node.name) {
    case 'ParenExpr':
      return inner ? read(expr, inner) : unusual;
    case 'NumberDurationLiteral': {
      const value = Number(text(node));
      return Number.isFinite(value) ? { kind: 'number', value } : unusual;
    }
    case 'VectorSelector':
      return readSeries(expr, node, null) ?? unusual;
    case 'MatrixSelector': {
      const selector = node.getChild('VectorSelector');
      const range = node.getChild('DurationExpr');
      const rangeMs = range ? readRange(text(range)) : null;
      return (selector && rangeMs !== null ? readSeries(expr, selector, rangeMs) : null) ?? unusual;
    }
    case 'FunctionCall':
    case 'AggregateExpr': {
      const name = node.getChild(node.name === 'FunctionCall' ? 'FunctionIdentifier' : 'AggregateOp');
      const body = node.getChild('FunctionCallBody');
      if (!name || !body) return unusual;
      const args = children(body).map((child) => read(expr, child));
      const kind = node.name === 'FunctionCall' ? 'call' : 'aggregate';
      return { kind, name: text(name).toLowerCase(), args };
    }
    case 'BinaryExpr': {
      const [left, operator, right] = children(node);
      if (!left || !operator || !right || !operators.has(operator.name)) return unusual;
      return {
        kind: 'binary',
        operator: text(operator),
        left: read(expr, left),
        right: read(expr, right),
      };
    }
    default:
      return unusual;
  }
}

/** What is below a node, without comments. */
function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
}

function readSeries(expr: string, node: SyntaxNode, rangeMs: number | null): Expression | null {
  const identifier = node.getChild('Identifier');
  if (!identifier) return null;
  const matchers: Matcher[] = [];
  for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
    const [label, how, value] = children(matcher).map((part) => expr.slice(part.from, part.to));
    const plain = value === undefined ? null : /^(["'`])([^\\]*)\1$/.exec(value);
    if (label === undefined || !isHow(how) || plain?.[2] === undefined) return null;
    matchers.push({ label, how, value: plain[2] });
  }
  return { kind: 'series', name: expr.slice(identifier.from, identifier.to), matchers, rangeMs };
}

function isHow(text: string | undefined): text is Matcher['how'] {
  return text === '=' || text === '!=' || text === '=~' || text === '!~';
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Milliseconds of a Prometheus duration such as `1h30m`; null for a number of seconds or an expression. */
function readRange(text: string): number | null {
  const parts = [...text.matchAll(/([0-9]+)(ms|[smhdwy])/gy)];
  if (parts.length === 0 || parts.reduce((sum, [all]) => sum + all.length, 0) !== text.length) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}
