import { formatNumber } from '#components/chart/number.ts';
import { formatSpan } from '#components/time/format.ts';
import { verdictOrder } from '#components/verdict/states.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

/** Evidence as people read it: named values, tables, and series to draw. */
export interface Readable {
  readonly values: readonly ReadableValue[];
  readonly tables: readonly ReadableTable[];
  readonly series: readonly ReadableSeries[];
}

interface ReadableValue {
  readonly name: string;
  readonly value: Cell;
}

/** `instant` is ISO 8601; `code` stands as it is, e.g. a metric's name; `line` is drawn. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'line'; readonly values: readonly number[] };

export interface ReadableTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that are not shown. */
  readonly more: number;
}

interface ReadableSeries {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

const mostRows = 60;
const mostColumns = 7;

/** Stored JSON keeps no order of keys; people read what a thing is before what is said of it. */
const firstColumns = ['name', 'verdict', 'state', 'heading', 'text', 'labels', 'value', 'why', 'ticked'];

/** Turns a check's readings into what people read, whatever its kind. What says nothing is left out. Pure. */
export function readable(readings: JsonObject): Readable {
  const values: ReadableValue[] = [];
  const tables: ReadableTable[] = [];
  const series: ReadableSeries[] = [];
  const visit = (name: string, value: Json, key: string): void => {
    if (saysNothing(key, value)) return;
    const points = pointsOf(value);
    if (points) series.push({ name, points });
    else if (isTable(value)) tables.push(tableOf(name, value));
    else if (isObject(value) && isKeyed(value)) tables.push(tableOf(name, keyedRows(value)));
    else if (isObject(value)) {
      for (const [inner, one] of Object.entries(value)) visit(joined(name, words(inner)), one, inner);
    } else values.push({ name, value: cellOf(key, value) });
  };
  for (const [key, value] of Object.entries(readings)) visit(words(key), value, key);
  const told = new Set(values.map(({ value }) => JSON.stringify(value)));
  return { values, tables: tables.filter((table) => saysMore(table, told)), series };
}

/** A table of one cell whose value stands above it already says nothing more. */
function saysMore({ columns, rows }: ReadableTable, told: ReadonlySet<string>): boolean {
  const [only] = rows[0] ?? [];
  const isOne = rows.length === 1 && columns.length === 1;
  return columns.length > 0 && !(isOne && told.has(JSON.stringify(only)));
}

function saysNothing(key: string, value: Json): boolean {
  if (value === null || value === '') return true;
  if (value === 0 && key.endsWith('Ms')) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function joined(name: string, inner: string): string {
  return `${name}, ${inner.charAt(0).toLowerCase()}${inner.slice(1)}`;
}

/** "lastSampleAt" is "Last sample at", "tookMs" is "Took": units show in the value. */
function words(key: string): string {
  const plain = key.replace(/(?<=[a-z])Ms$/, '');
  const spaced = plain.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A decimal number with more places than people read. */
const longDecimal = /^-?\d+\.\d{4,}(e[+-]?\d+)?$/;

function cellOf(key: string, value: Json): Cell {
  if (value === null) return { kind: 'text', text: '' };
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'yes' : 'no' };
  if (typeof value === 'number') return { kind: 'text', text: numberText(key, value) };
  if (typeof value === 'string') {
    if (key === 'verdict' && isVerdict(value)) return { kind: 'verdict', verdict: value };
    if (isInstant(value)) return { kind: 'instant', at: value };
    // A sample's value, which keeps all its digits as text; the raw evidence below shows them.
    if (longDecimal.test(value)) return { kind: 'text', text: formatNumber(Number(value)) };
    return { kind: key === 'name' || isCode(value) ? 'code' : 'text', text: value };
  }
  if (isObject(value)) return { kind: 'code', text: pairsText(value) };
  const points = pointsOf(value);
  if (points) return { kind: 'line', values: points.map(([, reading]) => reading) };
  const isPlain = value.every((one) => one === null || typeof one !== 'object');
  return { kind: 'code', text: isPlain ? value.join(', ') : JSON.stringify(value) };
}

function numberText(key: string, value: number): string {
  if (!key.endsWith('Ms')) return Number.isInteger(value) ? grouped(value) : formatNumber(value);
  return value < 1000 ? `${value} ms` : formatSpan(value);
}

/** From five digits on in groups of three: 10 469. */
function grouped(value: number): string {
  const digits = String(value);
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

/** `status="queued", market="ad"`, as Prometheus writes labels. */
function pairsText(value: JsonObject): string {
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${typeof inner === 'string' ? `"${inner}"` : JSON.stringify(inner)}`)
    .join(', ');
}

function isVerdict(text: string): text is Verdict {
  return verdictOrder.some((verdict) => verdict === text);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** A word with signs that prose does not have: a metric, a path, a digest. */
function isCode(text: string): boolean {
  return !text.includes(' ') && /[_/{}=]|\d[a-f]|[a-f]\d/.test(text);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTable(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** An object whose values are alike objects is a table by its keys. */
function isKeyed(value: JsonObject): value is { readonly [key: string]: JsonObject } {
  const inner = Object.values(value);
  return inner.length > 0 && inner.every((one) => isObject(one) && !Object.values(one).some(isTable));
}

function keyedRows(value: { readonly [key: string]: JsonObject }): readonly JsonObject[] {
  return Object.entries(value).map(([name, inner]) => ({ name, ...inner }));
}

/** What is not a pass comes first; a column in which no row says anything is left out. */
function tableOf(name: string, given: readonly JsonObject[]): ReadableTable {
  const rows = [...given].sort((a, b) => Number(a.verdict === 'pass') - Number(b.verdict === 'pass'));
  // A small line illustrates; the number of a line in a file says where.
  const isDrawn = rows.some(({ line }) => Array.isArray(line));
  const place = (key: string): number => {
    if (key === 'line') return isDrawn ? firstColumns.length : 0;
    const at = firstColumns.indexOf(key);
    return at < 0 ? firstColumns.length : at;
  };
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((key) => rows.some((row) => row[key] !== false && !saysNothing(key, row[key] ?? null)))
    .sort((a, b) => place(a) - place(b))
    .slice(0, mostColumns);
  return {
    name,
    columns: keys.map(words),
    rows: rows.slice(0, mostRows).map((row) => keys.map((key) => cellOf(key, row[key] ?? null))),
    more: Math.max(0, rows.length - mostRows),
  };
}

/** At least three `[epoch seconds, value]` pairs are a series. */
function pointsOf(value: Json): ReadableSeries['points'] | null {
  if (!Array.isArray(value) || value.length < 3) return null;
  const points = value.flatMap((point): (readonly [number, number])[] => {
    if (!Array.isArray(point) || point.length !== 2) return [];
    const [at, reading] = point;
    const number = typeof reading === 'string' ? Number(reading) : reading;
    return typeof at === 'number' && typeof number === 'number' && Number.isFinite(number)
      ? [[at, number]]
      : [];
  });
  return points.length === value.length ? points : null;
}
