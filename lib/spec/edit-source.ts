import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { type SourceKey, sourceKeys } from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { linePlaces } from './line-places.ts';
import {
  applyEdits,
  endOf,
  entriesOf,
  insertPair,
  lineBreak,
  lineEnd,
  lineStart,
  removePair,
  startOf,
  type TextEdit,
  valueIn,
  writeScalar,
} from './text-edits.ts';
import { parseSpec } from './yaml.ts';

/** What may be changed of a source, as the spec writes it. Null takes it out, so that the default holds. */
export type SourceChange = { readonly [key in SourceKey]?: string | null | undefined };

/** A source that is to stand under `sources`. */
export interface SourceToAdd {
  readonly id: string;
  readonly kind: SourceKind;
  readonly title: string | null;
  readonly network: string | null;
  readonly address: string;
}

/** A check that is to name the source it reads: the how-many-th of its item, from zero. */
export interface CheckToName {
  readonly track: string;
  readonly item: string;
  readonly index: number;
  readonly source: string;
}

/** How a source is written in a spec's text. */
export interface WrittenSource {
  /** One-based. */
  readonly line: number;
  readonly text: string;
  readonly values: Readonly<Record<SourceKey, string | null>>;
}

/** The changed text, which is still to be read; null where the text is laid out so that it is changed by hand. */
export type Edited = string | null;

/**
 * Changes just that part of a spec's text which says something of one source: comments, order and layout stay, byte
 * for byte. `text` is one that the reader took. Pure.
 */
export function editSource(text: string, id: string, change: SourceChange): Edited {
  return edited(text, (body, root) => {
    const entry = valueIn(valueIn(root, 'sources'), id);
    if (!isMap(entry)) return null;
    const edits = sourceKeys.map((key): TextEdit | null | undefined => {
      const value = change[key];
      if (value === undefined) return undefined;
      const old = valueIn(entry, key);
      if (value === null) return old ? removePair(body, entry, key) : undefined;
      if (old === null)
        return insertPair(body, entry, { key, value: writeScalar(value), after: lastKept(entry, change) });
      if (!isScalar(old)) return null;
      const tail = body[endOf(old) - 1] === '\n' ? lineBreak(body) : '';
      return { from: startOf(old), to: endOf(old), text: writeScalar(value, old) + tail };
    });
    return whole(edits.filter((edit) => edit !== undefined));
  });
}

/** The key behind which a new one stands: the last that is on one line and is not taken out itself. */
function lastKept(entry: YAMLMap, change: SourceChange): string {
  const kept = entriesOf(entry).filter(
    ({ key, value }) =>
      isScalar(value) && !value.type?.startsWith('BLOCK') && change[key.value as SourceKey] !== null,
  );
  return String(kept.at(-1)?.key.value ?? 'kind');
}

/** A text to which a source was added, and the checks that now name theirs. */
export interface Added {
  readonly text: string;
  readonly named: readonly CheckToName[];
}

/**
 * Puts a source behind the last under `sources`, in the layout that this one has, and has checks name theirs where
 * they name none: with one source more of their kind, it would not be told any more which they read. `text` is one
 * that the reader took; null where it is laid out so that it is changed by hand. Pure.
 */
export function addSource(
  text: string,
  source: SourceToAdd,
  checks: readonly CheckToName[] = [],
): Added | null {
  const named: CheckToName[] = [];
  const after = edited(text, (body, root) => {
    const names = checks.map((check): TextEdit | null | undefined => {
      const list = valueIn(itemIn(root, check), 'checks');
      const written = isSeq(list) ? list.items[check.index] : null;
      if (!isMap(written)) return null;
      const network = valueIn(written, 'network');
      const isElsewhere = isScalar(network) && network.value !== source.network;
      if (isElsewhere || valueIn(written, 'source')) return undefined;
      named.push(check);
      return insertPair(body, written, { key: 'source', value: check.source, after: 'kind' });
    });
    return whole([insertEntry(body, root, source), ...names.filter((edit) => edit !== undefined)]);
  });
  return after === null ? null : { text: after, named };
}

function itemIn(root: YAMLMap, { track, item }: CheckToName) {
  return valueIn(valueIn(valueIn(valueIn(root, 'tracks'), track), 'items'), item);
}

function insertEntry(text: string, root: YAMLMap, source: SourceToAdd): TextEdit | null {
  const sources = valueIn(root, 'sources');
  const pairs = [
    ['kind', source.kind],
    ['title', source.title],
    ['network', source.network],
    ['address', source.address],
  ].flatMap(([key, value]) => (value ? [`${key}: ${writeScalar(value)}`] : []));
  const flow = `{ ${pairs.join(', ')} }`;
  const nl = lineBreak(text);
  if (sources === null) {
    const tracks = entriesOf(root).find(({ key }) => key.value === 'tracks')?.key;
    if (root.flow || !tracks) return null;
    const at = lineStart(text, startOf(tracks));
    const lines = ['sources:', `  ${source.id}:`, ...pairs.map((pair) => `    ${pair}`), '', ''];
    return { from: at, to: at, text: lines.join(nl) };
  }
  if (!isMap(sources)) return null;
  const last = entriesOf(sources).at(-1);
  if (sources.flow || !last || !isMap(last.value) || last.value.flow)
    return insertPair(text, sources, { key: source.id, value: flow });
  const outer = text.slice(lineStart(text, startOf(last.key)), startOf(last.key));
  const first = entriesOf(last.value)[0]?.key;
  const inner = first ? text.slice(lineStart(text, startOf(first)), startOf(first)) : '';
  if (outer.trim() !== '' || inner.trim() !== '' || inner.length <= outer.length) return null;
  const end = endOf(last.value);
  const lines = [`${outer}${source.id}:`, ...pairs.map((pair) => `${inner}${pair}`)].join(nl);
  if (text[end - 1] === '\n') return { from: end, to: end, text: `${lines}${nl}` };
  const at = lineEnd(text, end);
  return { from: at, to: at, text: `${nl}${lines}` };
}

/** How one source stands in a spec's text; null where it is not written out there. Pure. */
export function writtenSource(text: string, id: string): WrittenSource | null {
  const body = withoutMark(text);
  const root = parseSpec(body).contents;
  const sources = valueIn(root, 'sources');
  const pair = isMap(sources) ? entriesOf(sources).find(({ key }) => key.value === id) : undefined;
  if (!pair) return null;
  const value = (key: SourceKey) => {
    const node = valueIn(pair.value, key);
    return isScalar(node) ? String(node.value) : null;
  };
  const from = lineStart(body, startOf(pair.key));
  const end = endOf(pair.value);
  return {
    line: linePlaces(body)(startOf(pair.key)).line,
    text: body.slice(from, body[end - 1] === '\n' ? end - 1 : lineEnd(body, end)),
    values: {
      title: value('title'),
      network: value('network'),
      every: value('every'),
      timeout: value('timeout'),
    },
  };
}

function edited(text: string, editsOf: (body: string, root: YAMLMap) => readonly TextEdit[] | null): Edited {
  const body = withoutMark(text);
  const root = parseSpec(body).contents;
  const edits = isMap(root) ? editsOf(body, root) : null;
  return edits && text.slice(0, text.length - body.length) + applyEdits(body, edits);
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** All edits, or null where one of them has no place. */
function whole(edits: readonly (TextEdit | null)[]): readonly TextEdit[] | null {
  const placed = edits.filter((edit) => edit !== null);
  return placed.length === edits.length ? placed : null;
}
