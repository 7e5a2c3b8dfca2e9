import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parse,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** A stretch of a text with what is to stand in its place. Stretches of one text do not overlap. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A value that a pair of a map has, with its place. */
export interface Entry {
  readonly key: Scalar;
  readonly value: Node;
}

/** The text after its edits: all else in it stays as it is, byte for byte. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  // What is put at the same place stands in the order that it was given in.
  const backwards = edits.toReversed().sort((a, b) => b.from - a.from);
  return backwards.reduce(
    (done, { from, to, text: put }) => done.slice(0, from) + put + done.slice(to),
    text,
  );
}

/** The pairs of a map whose keys and values are written out. */
export function entriesOf(map: YAMLMap): readonly Entry[] {
  return (map.items as Pair[]).flatMap(({ key, value }) =>
    isScalar(key) && (isScalar(value) || isMap(value) || isSeq(value) || isAlias(value))
      ? [{ key, value }]
      : [],
  );
}

/** The value that a map has under a key; null for none. */
export function valueIn(map: Node | null | undefined, name: string): Node | null {
  if (!isMap(map)) return null;
  return entriesOf(map).find(({ key }) => key.value === name)?.value ?? null;
}

/** Where a node begins. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Where a node's own text ends, before spaces and a comment behind it. */
export function endOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1);
    const inner = isMap(node) ? ((last as Pair | undefined)?.value ?? (last as Pair | undefined)?.key) : last;
    if (isMap(inner) || isSeq(inner) || isScalar(inner) || isAlias(inner)) return endOf(inner);
  }
  return node.range?.[1] ?? 0;
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

/** How a text ends its lines. */
export function lineBreak(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A text as a scalar on one line, in the style of the one whose place it takes, else as plain as it can be. */
export function writeScalar(value: string, like: Scalar | null = null): string {
  if (like?.type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  if (like?.type !== 'QUOTE_SINGLE' && isPlain(value)) return value;
  return `'${value.replaceAll("'", "''")}'`;
}

function isPlain(value: string): boolean {
  const looksSo =
    /^[A-Za-z0-9./][A-Za-z0-9 _./+-]*$/.test(value) ||
    /^https?:\/\/[A-Za-z0-9._:/-]*[A-Za-z0-9/]$/.test(value);
  return looksSo && value.trim() === value && parse(value, { version: '1.2', schema: 'core' }) === value;
}

/**
 * Puts a pair into a map: behind the last pair of a flow map, on a line of its own in a block. Null where the map is
 * laid out so that no place for it can be told.
 */
export function insertPair(
  text: string,
  map: YAMLMap,
  pair: { readonly key: string; readonly value: string; readonly after?: string },
): TextEdit | null {
  const written = `${pair.key}: ${pair.value}`;
  const entries = entriesOf(map);
  const named = entries.find(({ key }) => key.value === pair.after);
  const last = named ?? entries.at(-1);
  if (map.flow) {
    const at = last ? endOf(last.value) : startOf(map) + 1;
    return { from: at, to: at, text: last ? `, ${written}` : ` ${written} ` };
  }
  if (!last) return null;
  const from = lineStart(text, startOf(last.key));
  const indent = text.slice(from, startOf(last.key));
  // A list's first key stands behind its dash: what follows stands below the key.
  if (!/^[ -]*$/.test(indent)) return null;
  const end = endOf(last.value);
  const line = `${indent.replaceAll('-', ' ')}${written}`;
  if (text[end - 1] === '\n') return { from: end, to: end, text: `${line}${lineBreak(text)}` };
  const at = lineEnd(text, end);
  return { from: at, to: at, text: `${lineBreak(text)}${line}` };
}

/** Takes a pair out of a map, with its line in a block. Null where it shares its line with what stays. */
export function removePair(text: string, map: YAMLMap, name: string): TextEdit | null {
  const entries = entriesOf(map);
  const index = entries.findIndex(({ key }) => key.value === name);
  const [before, pair, after] = [entries[index - 1], entries[index], entries[index + 1]];
  if (!pair) return null;
  if (map.flow) {
    if (after) return { from: startOf(pair.key), to: startOf(after.key), text: '' };
    return before ? { from: endOf(before.value), to: endOf(pair.value), text: '' } : null;
  }
  const from = lineStart(text, startOf(pair.key));
  if (text.slice(from, startOf(pair.key)).trim() !== '') return null;
  const end = endOf(pair.value);
  const next = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1;
  return { from, to: next === 0 ? text.length : next, text: '' };
}
