import type { Json, JsonObject } from '#lib/domain/json.ts';
import { isObject, objectAt, textAt } from './json-at.ts';
import type { DocumentParser } from './parse-document.ts';

/** A dashboard found in a file, not yet read. */
export interface Found {
  readonly schema: 'v1' | 'v2';
  readonly dashboard: JsonObject;
  /** Its name where it has one outside itself: a Kubernetes resource's. */
  readonly uid: string | null;
  /** Where in the file. */
  readonly at: string;
}

export interface Findings {
  readonly parser: DocumentParser;
  readonly found: Found[];
  /** What was met and is no dashboard, or cannot be read, with the reason. */
  readonly unread: string[];
}

/** Wrappers in wrappers in wrappers: nobody goes deeper. */
const deepest = 6;

/**
 * Finds the dashboards in a document: bare, in `{"dashboard": …}` with or without its meta, in a list, in the entries
 * of a ConfigMap or of any `data`, in a mixin's or a Helm chart's collection, in Grafana's own Kubernetes resources and
 * in those of its operator.
 */
export function findDashboards(value: Json, at: string, findings: Findings, depth = 0): void {
  const { found, unread } = findings;
  const deeper = (inner: Json, step: string) =>
    findDashboards(inner, at === '' ? step : `${at}/${step}`, findings, depth + 1);
  if (depth > deepest) {
    unread.push(`${at || 'the file'} is wrapped too often to be read`);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) deeper(inner, String(index));
    return;
  }
  if (!isObject(value)) {
    unread.push(`${at || 'the file'} is no dashboard`);
    return;
  }
  const spec = objectAt(value, 'spec');
  const collection = collections.find((key) => typeof value[key] === 'object' && value[key] !== null);
  // Of a dashboard that has panels Grafana draws these, whatever else stands in it.
  const isClassic = isList(value.panels) || isList(value.rows);
  if (spec && isObject(spec.elements) && !isClassic) {
    found.push({ schema: 'v2', dashboard: spec, uid: textAt(objectAt(value, 'metadata') ?? {}, 'name'), at });
  } else if (isObject(value.elements) && !isClassic) {
    found.push({ schema: 'v2', dashboard: value, uid: null, at });
  } else if (isClassic) {
    found.push({ schema: 'v1', dashboard: value, uid: null, at });
  } else if (isObject(value.dashboard)) deeper(value.dashboard, 'dashboard');
  else if (textAt(value, 'kind')?.endsWith('List') && Array.isArray(value.items))
    deeper(value.items, 'items');
  else if (spec && isResource(value, spec)) findInResource(value, spec, at, findings, deeper);
  else if (isObject(value.data)) findInEntries(value.data, 'data', findings, deeper);
  else if (namesJson(value)) findInEntries(value, '', findings, deeper);
  else if (collection !== undefined) deeper(value[collection] ?? null, collection);
  else if (textAt(value, 'json') !== null) findInEntries({ json: value.json ?? null }, '', findings, deeper);
  else if (at.startsWith('dashboards') && Object.values(value).some(isObject))
    findInEntries(value, '', findings, deeper);
  else if (typeof value.title === 'string' && ('schemaVersion' in value || 'uid' in value))
    found.push({ schema: 'v1', dashboard: value, uid: null, at });
  else unread.push(`${at || 'the file'} is no dashboard: it has neither panels nor elements`);
}

/** Where mixins and the values of Helm's chart keep several, in a list or by name. */
const collections = ['grafanaDashboards', 'dashboards'] as const;

/** Entries of a list of resources may leave out what they are: then their content says it. */
function isResource(value: JsonObject, spec: JsonObject): boolean {
  const version = textAt(value, 'apiVersion');
  if (version === null) return isObject(value.metadata) && (isList(spec.panels) || isList(spec.rows));
  return /^(?:dashboard\.grafana\.app|grafana\.(?:integreatly\.org|com)|integreatly\.org|grizzly\.grafana\.com)\//.test(
    version,
  );
}

function isList(value: Json | undefined): boolean {
  return Array.isArray(value);
}

/** Grafana's own resource holds the dashboard itself, its operator's a text, or says where it is to be fetched. */
function findInResource(
  value: JsonObject,
  spec: JsonObject,
  at: string,
  { parser, found, unread }: Findings,
  deeper: (inner: Json, step: string) => void,
): void {
  const name = textAt(objectAt(value, 'metadata') ?? {}, 'name');
  const json = textAt(spec, 'json');
  if (json !== null) {
    for (const read of parser.parse(json)) {
      if (read.ok) deeper(read.value, 'spec/json');
      else unread.push(`${name ?? at}: ${read.message}`);
    }
  } else if (Array.isArray(spec.panels) || typeof spec.title === 'string')
    found.push({ schema: 'v1', dashboard: spec, uid: name, at });
  else
    unread.push(`${name ?? (at || 'the resource')} does not hold its dashboard and names where it is kept`);
}

function namesJson(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.some((key) => /\.(?:json|ya?ml)$/.test(key));
}

/** Entries by file name: texts, as a ConfigMap has them, or the dashboards themselves. */
function findInEntries(
  entries: JsonObject,
  step: string,
  { parser, unread }: Findings,
  deeper: (inner: Json, step: string) => void,
): void {
  for (const [name, entry] of Object.entries(entries)) {
    const at = step === '' ? name : `${step}/${name}`;
    if (typeof entry !== 'string') deeper(entry, at);
    else
      for (const read of parser.parse(entry)) {
        if (read.ok) deeper(read.value, at);
        else unread.push(`${at}: ${read.message}`);
      }
  }
}
