import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Fault } from '#lib/domain/problem.ts';
import { codePoint, unseenCharacter } from './characters.ts';
import { faultAt } from './faults.ts';
import { linePlaces } from './line-places.ts';
import { limits, scan } from './scan.ts';
import { type Path, type Place, type ScalarNode, type SpecNode, writePath } from './tree.ts';
import { withoutEchoes, yamlFault } from './yaml-words.ts';

/** A document, and what was wrong in it that does not keep the rest from being read. */
export type YamlRead =
  | { readonly ok: true; readonly root: SpecNode; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads YAML 1.2 (core schema, https://yaml.org/spec/1.2.2/) into values with places: no tags, directives, merge
 * keys or second documents, and aliases only as far as they repeat little. Time and memory are bounded.
 */
export function readYaml(source: string): YamlRead {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const refused = scan(text);
  if (refused) return { ok: false, faults: [refused] };
  const document = parseSpec(text);
  const place = linePlaces(text);
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => yamlFault(error, text, place));
    return { ok: false, faults: withoutEchoes(faults) };
  }
  const growth: Growth = { place, text, anchors: new Map(), repeated: 0, bomb: null, faults: [] };
  const root = grow(growth, document.contents, []);
  if (growth.bomb !== null) return { ok: false, faults: [growth.bomb] };
  return { ok: true, root, faults: growth.faults };
}

/** The document as the YAML library has it. Only for a text that `scan` let through, without its byte order mark. */
export function parseSpec(text: string) {
  return parseDocument(text, {
    prettyErrors: false,
    // Ours below: the library compares each key with each before it.
    uniqueKeys: false,
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    logLevel: 'silent',
  });
}

interface Growth {
  readonly place: (offset: number) => Place;
  readonly text: string;
  /** Whole nodes by anchor, as far as the text has come; an alias inside its own anchor finds nothing. */
  readonly anchors: Map<string, SpecNode>;
  repeated: number;
  /** Set when aliases repeat too much: nothing after it is worth reading. */
  bomb: Fault | null;
  readonly faults: Fault[];
}

function grow(growth: Growth, node: Node | null, path: Path): SpecNode {
  if (isAlias(node)) return growAlias(growth, node.source, growth.place(node.range?.[0] ?? 0), path);
  const at = growth.place(node?.range?.[0] ?? 0);
  const grown = isMap(node)
    ? growMap(growth, node, at, path)
    : isSeq(node)
      ? growList(growth, node, at, path)
      : growScalar(growth, isScalar(node) ? node : null, at, path);
  const anchor = isCollection(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor !== undefined) growth.anchors.set(anchor, grown);
  return grown;
}

function growAlias(growth: Growth, name: string, at: Place, path: Path): SpecNode {
  const target = growth.anchors.get(name);
  if (target === undefined) {
    const remedy = `Write \`&${name}\` before the value it repeats, or quote a text that begins with a star.`;
    growth.faults.push(faultAt(at, `No value above is marked \`&${name}\`.`, remedy, writePath(path)));
    return broken(at);
  }
  growth.repeated += target.size;
  if (growth.repeated > limits.repeated) {
    const message = `Aliases repeat more than ${limits.repeated} values in all.`;
    growth.bomb ??= faultAt(at, message, 'Write the values out, or use `defaults`.');
    return broken(at);
  }
  return { ...target, at };
}

function broken(at: Place): ScalarNode {
  return { kind: 'scalar', value: null, source: '', at, size: 1, broken: true };
}

function growList(growth: Growth, list: YAMLSeq, at: Place, path: Path): SpecNode {
  const nodes = list.items.map((item, index) => grow(growth, asNode(item), [...path, index]));
  return { kind: 'list', nodes, at, size: 1 + sizeOf(nodes) };
}

function growMap(growth: Growth, map: YAMLMap, at: Place, path: Path): SpecNode {
  const entries = new Map<string, { keyAt: Place; node: SpecNode }>();
  for (const pair of map.items) {
    const key = asNode(pair.key);
    const keyAt = growth.place(key?.range?.[0] ?? map.range?.[0] ?? 0);
    const name = keyName(growth, key, keyAt, path);
    const node = grow(growth, asNode(pair.value), name === null ? path : [...path, name]);
    if (name === null) continue;
    const before = entries.get(name);
    if (before === undefined) entries.set(name, { keyAt, node });
    else growth.faults.push(twice([...path, name], keyAt, before.keyAt));
  }
  return { kind: 'map', entries, at, size: 1 + sizeOf([...entries.values()].map(({ node }) => node)) };
}

function twice(path: Path, keyAt: Place, first: Place): Fault {
  const message = `\`${path.at(-1)}\` stands twice here; the first is on line ${first.line}.`;
  return faultAt(keyAt, message, 'Remove one, or give it a name of its own.', writePath(path));
}

function keyName(growth: Growth, key: Node | null, at: Place, path: Path): string | null {
  const say = (message: string, remedy: string): null => {
    growth.faults.push(faultAt(at, message, remedy, writePath(path)));
    return null;
  };
  if (!isScalar(key)) return say('A key is a plain word.', 'Write `key: value`.');
  const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
  if (name === '') return say('A key is missing before the colon.', 'Write `key: value`.');
  if (name === '<<') {
    return say(
      '`<<` is no part of YAML 1.2, and a spec merges nothing.',
      'Write the keys out, or use `defaults`.',
    );
  }
  if (name === '__proto__') return say('`__proto__` cannot be a key.', 'Give it another name.');
  const unseen = unseenCharacter(name);
  if (unseen === null) return name;
  say(`This key holds ${codePoint(unseen)}, which cannot be seen.`, 'Type it again.');
  return [...name].filter((character) => unseenCharacter(character) === null).join('');
}

function growScalar(growth: Growth, scalar: Scalar | null, at: Place, path: Path): ScalarNode {
  const value: unknown = scalar?.value ?? null;
  const range = scalar?.range;
  const source = scalar?.source ?? (range ? growth.text.slice(range[0], range[1]) : '');
  const node = (kept: ScalarNode['value']): ScalarNode => ({
    kind: 'scalar',
    value: kept,
    source,
    at,
    size: 1,
  });
  const say = (message: string, remedy: string): ScalarNode => {
    growth.faults.push(faultAt(at, message, remedy, writePath(path)));
    return broken(at);
  };
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      return say(`\`${source}\` is no number to compare.`, 'Write a finite number.');
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return say(
        `\`${source.slice(0, 40)}\` is too large to be kept exactly.`,
        'Put it in quotes if it is a name.',
      );
    }
    return node(value);
  }
  if (typeof value !== 'string') return node(typeof value === 'boolean' ? value : null);
  const unseen = unseenCharacter(value);
  if (unseen !== null)
    return say(`This text holds ${codePoint(unseen)}, which cannot be seen.`, 'Type it again.');
  if (!value.isWellFormed()) return say('This text holds half a character.', 'Type it again.');
  return node(value);
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isCollection(value) || isScalar(value) ? value : null;
}

function sizeOf(nodes: readonly SpecNode[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 0);
}
