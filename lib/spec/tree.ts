import type { Json, JsonObject } from '#lib/domain/json.ts';

/** Where something stands in the text; both one-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A way from the document's root: keys and zero-based positions in lists. */
export type Path = readonly (string | number)[];

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it stands in the text, without quotes. */
  readonly source: string;
  readonly at: Place;
  /** Nodes in it when every alias is written out. */
  readonly size: number;
  /** What stood here was at fault, and that is said. */
  readonly broken?: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly nodes: readonly SpecNode[];
  readonly at: Place;
  readonly size: number;
}

export interface MapNode {
  readonly kind: 'map';
  /** In the order of the text. */
  readonly entries: ReadonlyMap<string, { readonly keyAt: Place; readonly node: SpecNode }>;
  readonly at: Place;
  readonly size: number;
}

/** The document as values with places. */
export type SpecNode = ScalarNode | ListNode | MapNode;

/** The node at a path, or null when nothing stands there. */
export function nodeAt(root: SpecNode, path: Path): SpecNode | null {
  let node: SpecNode | null = root;
  for (const part of path) node = node === null ? null : childOf(node, part);
  return node;
}

/** The text at a path; null when there is none or it is no text. */
export function textAt(root: SpecNode, path: Path): string | null {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/**
 * The place a fault about a path is shown at: its value, or its key when `point` says so or the value is empty.
 * Where nothing stands there, the key of what it is missing from.
 */
export function placeOf(root: SpecNode, path: Path, point: 'key' | 'value' = 'value'): Place {
  const node = nodeAt(root, path);
  const parent = path.length > 0 ? path.slice(0, -1) : null;
  if (node === null) return parent ? placeOf(root, parent, 'key') : root.at;
  const last = path.at(-1);
  const holder = parent ? nodeAt(root, parent) : null;
  const entry = holder?.kind === 'map' && typeof last === 'string' ? holder.entries.get(last) : undefined;
  const empty = node.kind === 'scalar' && node.source === '';
  return entry && (point === 'key' || empty) ? entry.keyAt : node.at;
}

/** The values alone. Keys that JavaScript treats as its own were refused when the tree was made. */
export function toJson(node: SpecNode): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.nodes.map(toJson);
  return mapToJson(node);
}

/** The values of a map alone, without some of its keys. */
export function mapToJson(node: MapNode, without: ReadonlySet<string> = new Set()): JsonObject {
  const kept = [...node.entries].filter(([key]) => !without.has(key));
  return Object.fromEntries(kept.map(([key, entry]) => [key, toJson(entry.node)]));
}

/** A path as people write it: `tracks.treasury.items.lag.checks[0].is`. */
export function writePath(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

function childOf(node: SpecNode, part: string | number): SpecNode | null {
  if (node.kind === 'map') return node.entries.get(String(part))?.node ?? null;
  if (node.kind === 'list' && typeof part === 'number') return node.nodes[part] ?? null;
  return null;
}
