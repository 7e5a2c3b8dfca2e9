import type { MetricType } from '#lib/domain/spec.ts';
import { wantsCare } from './escapes.ts';

/** Types by metric family, as targets tell them; more than one where targets disagree. */
export class Families {
  readonly types: ReadonlyMap<string, readonly MetricType[]>;
  constructor(types: ReadonlyMap<string, readonly MetricType[]>) {
    this.types = types;
  }
}

/** Types as Prometheus writes them: https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metric-metadata */
const known: ReadonlyMap<string, MetricType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['gaugehistogram', 'histogram'],
  ['summary', 'summary'],
  ['info', 'info'],
  ['stateset', 'stateset'],
  ['unknown', 'untyped'],
  ['untyped', 'untyped'],
]);

/** The types of one family, each once, in order; words that are no type of Prometheus’s are passed over. */
function typesOf(words: readonly string[]): readonly MetricType[] {
  return [...new Set(words.flatMap((word) => known.get(word) ?? []))].sort();
}

/** Families out of the `data` of an answer with metadata; null for another shape. */
export function familiesIn(data: unknown): Families | null {
  if (data instanceof Families) return data;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const types = new Map<string, readonly MetricType[]>();
  for (const [name, entries] of Object.entries(data)) {
    if (!Array.isArray(entries)) return null;
    const words: string[] = [];
    for (const entry of entries) {
      if (typeof entry?.type !== 'string') return null;
      words.push(entry.type);
    }
    types.set(name, typesOf(words));
  }
  return new Families(types);
}

/** As Prometheus writes metadata without warnings: compact, with type, help and unit in this order. */
const head = '{"status":"success","data":{';
const typeHead = '{"type":"';
const helpHead = ',"help":"';
const unitHead = ',"unit":"';

/**
 * Reads families straight from an answer's text: help is most of it and is not looked at, and a metric's names are
 * thousands. Null for whatever is not exactly in the form that Prometheus writes: the general reader takes that.
 */
export function readFamilies(text: string): Families | null {
  if (!text.startsWith(head) || wantsCare(text)) return null;
  const types = new Map<string, readonly MetricType[]>();
  let index = head.length;
  while (text.startsWith('"', index)) {
    const nameEnd = endOfString(text, index + 1);
    const name = text.slice(index + 1, nameEnd);
    if (nameEnd < 0 || name.includes('\\') || !text.startsWith(':[', nameEnd + 1)) return null;
    index = nameEnd + 3;
    const words: string[] = [];
    while (text.startsWith(typeHead, index)) {
      const from = index + typeHead.length;
      const to = endOfString(text, from);
      if (to < 0) return null;
      words.push(text.slice(from, to));
      index = behindField(text, behindField(text, to + 1, helpHead), unitHead);
      if (index < 0 || !text.startsWith('}', index)) return null;
      index += text.startsWith(',{', index + 1) ? 2 : 1;
    }
    if (words.length === 0 || !text.startsWith(']', index)) return null;
    types.set(name, typesOf(words));
    index += text.startsWith(',"', index + 1) ? 2 : 1;
  }
  const rest = text.slice(index, index + 16);
  return /^\}\}\s*$/.test(rest) && text.length <= index + 16 ? new Families(types) : null;
}

/** The place of the quote that ends a string whose text begins at `from`; -1 where none does. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (end - 1 - escapes >= from && text.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return -1;
}

/** The place behind a text field that must stand at `from`; -1 where it does not. */
function behindField(text: string, from: number, fieldHead: string): number {
  if (from < 0 || !text.startsWith(fieldHead, from)) return -1;
  const end = endOfString(text, from + fieldHead.length);
  return end < 0 ? -1 : end + 1;
}
