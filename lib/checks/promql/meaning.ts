import type { SyntaxNode } from '@lezer/common';
import { durationMs } from './duration.ts';
import { operands, parsePromql, unquote } from './parse.ts';

/**
 * What a PromQL expression means, as a text that is the same for all ways of writing it: by the tree of Prometheus's own
 * grammar, without white space, comments, needless brackets and signs, with label lists and matchers in one order, and
 * with numbers and durations as numbers of seconds. Null when it does not parse. Pure; linear but for sorting labels.
 */
export function meaningOf(expr: string): string | null {
  const parse = parsePromql(expr);
  if (!parse.ok) return null;
  const words: string[] = [];
  // The grammar hangs `offset` and `@` above their operand, and the first comment beside it: so from the whole tree.
  const whole = parse.top.parent ?? parse.top;
  whole.cursor().iterate(
    (at) => enter(at.node, expr, words),
    (at) => {
      if (isBracket(at.node, expr)) words.push(')');
    },
  );
  return words.join(' ');
}

/** Written between brackets: all that has parts of its own and says more than these. */
function isBracket(node: SyntaxNode, expr: string): boolean {
  if (node.name === 'ParenExpr' || node.name === 'PromQL' || node.firstChild === null) return false;
  if (node.name === 'UnaryExpr') return signOf(node, expr) === '-';
  return !toldWhole.has(node.name);
}

/** Told when they are met, with all that is below them. */
const toldWhole: ReadonlySet<string> = new Set([
  'VectorSelector',
  'AggregateOp',
  'AggregateModifier',
  'MatchingModifierClause',
  'BoolModifier',
  'FunctionIdentifier',
  'UnaryOp',
  'LineComment',
]);

/** Writes what a node says before its parts; false where its parts are not to be met. */
function enter(node: SyntaxNode, expr: string, words: string[]): boolean {
  const text = expr.slice(node.from, node.to);
  switch (node.name) {
    case 'ParenExpr':
    case 'PromQL':
      return true;
    case 'VectorSelector':
      words.push(selector(node, expr));
      return false;
    case 'NumberDurationLiteral':
    case 'NumberDurationLiteralInDurationContext':
      words.push(String(secondsOf(text)));
      return false;
    case 'StringLiteral':
      words.push(stringOf(text));
      return false;
    case 'UnaryExpr':
      if (signOf(node, expr) === '-') words.push('( -');
      return true;
    case 'OffsetDurationExpr':
    case 'DurationExpr':
      words.push(signOf(node, expr) === '-' ? `( ${node.name} -` : `( ${node.name}`);
      return true;
    case 'AggregateExpr':
      words.push(
        '(',
        textIn(node, 'AggregateOp', expr).toLowerCase(),
        grouping(node.getChild('AggregateModifier'), expr),
      );
      return true;
    case 'FunctionCall':
      words.push('(', functionOf(expr.slice(node.from, node.from + longestName)));
      return true;
    case 'BinaryExpr':
      words.push('(', operator(node, expr), matching(node.getChild('MatchingModifierClause'), expr));
      return true;
    default:
      if (toldWhole.has(node.name) || (node.parent?.name === 'BinaryExpr' && isOperator(node))) return false;
      words.push(node.firstChild === null ? node.name : `( ${node.name}`);
      return true;
  }
}

const longestName = 100;

/** The function that a call begins with. Prometheus 3 has another name for one, which the grammar's tree cuts short. */
function functionOf(call: string): string {
  const name = /^\w*/.exec(call)?.[0] ?? '';
  return name === 'holt_winters' ? 'double_exponential_smoothing' : name;
}

function signOf(node: SyntaxNode, expr: string): string {
  return textIn(node, 'UnaryOp', expr);
}

function textIn(node: SyntaxNode, child: string, expr: string): string {
  const found = node.getChild(child);
  return found ? expr.slice(found.from, found.to) : '';
}

function isOperator(node: SyntaxNode): boolean {
  return node.firstChild === null && !/Expr$|Selector$|Literal$/.test(node.name);
}

function operator(node: SyntaxNode, expr: string): string {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment' && isOperator(child) && child.from >= (operands(node)[0]?.to ?? 0))
      return `${expr.slice(child.from, child.to).toLowerCase()}${node.getChild('BoolModifier') ? ' bool' : ''}`;
  }
  return '';
}

/** `by (a, b)`, in one order; by nothing is no grouping. */
function grouping(modifier: SyntaxNode | null, expr: string): string {
  if (!modifier) return '';
  const labels = labelsOf(modifier.getChild('GroupingLabels'), expr);
  if (modifier.getChild('Without')) return `without ${labels}`;
  return labels === '' ? '' : `by ${labels}`;
}

function matching(clause: SyntaxNode | null, expr: string): string {
  if (!clause) return '';
  const [on, include] = clause.getChildren('GroupingLabels');
  const labels = labelsOf(on ?? null, expr);
  const group = clause.getChild('GroupLeft')
    ? 'group_left'
    : clause.getChild('GroupRight')
      ? 'group_right'
      : '';
  if (!clause.getChild('On') && labels === '' && group === '') return '';
  const how = clause.getChild('On') ? 'on' : 'ignoring';
  return `${how} ${labels} ${group} ${labelsOf(include ?? null, expr)}`;
}

function labelsOf(list: SyntaxNode | null, expr: string): string {
  const names: string[] = [];
  for (let child = list?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') names.push(nameOf(child, expr));
  }
  return [...new Set(names)].sort().join(',');
}

function nameOf(node: SyntaxNode, expr: string): string {
  const text = expr.slice(node.from, node.to);
  return /^["'`]/.test(text) ? stringOf(text) : JSON.stringify(text);
}

/** Escapes that Prometheus knows, of one character each: bytes beyond ASCII are half of one. */
const escapes = /\\(?:[abfnrtv\\"']|x[0-7][0-9a-fA-F]|[01][0-7]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g;

/** A text in quotes by what it says; as it is written where it has an escape that is not read, or that there is not. */
function stringOf(text: string): string {
  const isRead = text.startsWith('`') || !text.replace(escapes, '').includes('\\');
  return isRead ? JSON.stringify(unquote(text)) : text;
}

/** A selector's metric and matchers in one order: `{__name__="a"}`, `{"a"}` and `a` are one. */
function selector(node: SyntaxNode, expr: string): string {
  const own = node.getChild('Identifier');
  const matchers = own ? [`"__name__"=${nameOf(own, expr)}`] : [];
  for (let child = node.getChild('LabelMatchers')?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.name === 'LineComment') continue;
    if (child.name === 'QuotedLabelName') matchers.push(`"__name__"=${nameOf(child, expr)}`);
    else {
      const [label, how, value] = partsOf(child);
      const told = value ? nameOf(value, expr) : '';
      matchers.push(label && how ? `${nameOf(label, expr)}${expr.slice(how.from, how.to)}${told}` : told);
    }
  }
  return `{${[...new Set(matchers)].sort().join(',')}}`;
}

function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
}

/** A number, or a duration as seconds, as Prometheus counts them; the text itself where it is neither. */
function secondsOf(text: string): number | string {
  const plain = text.toLowerCase().replaceAll('_', '');
  if (/^[+-]?inf$/.test(plain) || plain === 'nan') return plain;
  // As Go reads it: a zero before other octal digits begins an octal number.
  if (/^0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8);
  if (Number.isFinite(Number(plain))) return Number(plain);
  const ms = durationMs(plain);
  return ms === null ? plain : ms / 1000;
}
