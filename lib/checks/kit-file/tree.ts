import { parse as parseYaml } from 'yaml';
import { type Json, jsonSchema } from '#lib/domain/json.ts';
import { isTooDeep } from '../json-schema.ts';
import { yamlParts } from '../yaml-parts.ts';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly fault: string;
      /** It may be what it should be: it is too large, or too deep, to be looked at. */
      readonly isOverLimit?: true;
    };

/** Each value of a document by the place where it stands, in words; what only lays a document out is left away. */
type Meaning = ReadonlyMap<string, string>;

/** Keys of a Grafana dashboard that say where and when, and not what: a dashboard that was saved in Grafana has others. */
const layout = new Set([
  'id',
  'version',
  'iteration',
  'gridPos',
  'pluginVersion',
  'schemaVersion',
  '__inputs',
  '__requires',
]);

/** The keys by which entries of a list are told apart, the first that all of them have with values of their own. */
const names = ['title', 'alert', 'record', 'name', 'refId', 'uses', 'job', 'if', 'id'];

/** Parts of YAML, of which some 25 000 are read in a second; the largest file of a kit has some 2 000. */
const mostYaml = 20_000;
/** Values of a document: what has more takes seconds to compare. */
const mostValues = 100_000;

/**
 * Reads JSON or YAML into its meaning: order of keys, comments, quotes and white space say nothing. What has more parts
 * than are read in a second is left.
 */
export function readTree(text: string, language: 'json' | 'yaml'): Read<Meaning> {
  if (language === 'yaml' && yamlParts(text) > mostYaml)
    return overLimit(`it is YAML of more than ${mostYaml} parts, and was not compared`);
  let value: unknown;
  try {
    value =
      language === 'json'
        ? JSON.parse(text.replace(/^\uFEFF/, ''))
        : parseYaml(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' });
  } catch {
    return { ok: false, fault: `it is not ${language === 'json' ? 'JSON' : 'YAML'}` };
  }
  if (isTooDeep(value)) return { ok: false, fault: 'it is nested too deeply to be read' };
  const parsed = jsonSchema.safeParse(value);
  if (!parsed.success) return { ok: false, fault: 'it holds what JSON has no word for' };
  const meaning = new Map<string, string>();
  collect(unwrapped(parsed.data, language), '', language === 'json' ? layout : new Set(), meaning);
  return meaning.size > mostValues
    ? overLimit(`it has more than ${mostValues} values, and was not compared`)
    : { ok: true, value: meaning };
}

function overLimit(fault: string): Read<never> {
  return { ok: false, fault, isOverLimit: true };
}

/** Grafana's API and some tools put a dashboard into `{"dashboard": …}`. */
function unwrapped(value: Json, language: 'json' | 'yaml'): Json {
  if (language !== 'json' || typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const inner = (value as { readonly dashboard?: Json }).dashboard;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : value;
}

function collect(value: Json, place: string, skip: ReadonlySet<string>, into: Map<string, string>): void {
  if (into.size > mostValues) return;
  if (Array.isArray(value)) {
    const key = nameOf(value);
    for (const [index, entry] of value.entries())
      collect(entry, join(place, key?.(entry) ?? String(index + 1)), skip, into);
    if (value.length === 0) into.set(place, 'nothing');
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([key]) => !skip.has(key));
    for (const [key, entry] of entries) collect(entry as Json, join(place, key), skip, into);
    if (entries.length === 0) into.set(place, 'nothing');
  } else {
    into.set(place, typeof value === 'string' ? plain(value) : JSON.stringify(value));
  }
}

/** White space within a text, such as a query over several lines, says nothing. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function join(place: string, part: string): string {
  return place === '' ? part : `${place} › ${part}`;
}

function nameOf(list: readonly Json[]): ((entry: Json) => string) | null {
  const textOf = (entry: Json, key: string) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
    const value = (entry as { readonly [key: string]: Json })[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  const key = names.find((name) => {
    const found = list.map((entry) => textOf(entry, name));
    return list.length > 0 && !found.includes(null) && new Set(found).size === list.length;
  });
  return key === undefined ? null : (entry) => `“${textOf(entry, key) ?? ''}”`;
}
