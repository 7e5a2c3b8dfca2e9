import type { Json } from '#lib/domain/json.ts';

/** A value as sentences and evidence show it: texts and numbers themselves, containers by their size. */
export function shown(value: Json): string {
  if (typeof value === 'string')
    return value.length > 200 ? `“${value.slice(0, 200).toWellFormed()}…”` : `“${value}”`;
  if (value === null || typeof value !== 'object') return String(value);
  const count = Object.keys(value).length;
  if (Array.isArray(value)) return `a list of ${count}`;
  return `an object with ${count} ${count === 1 ? 'key' : 'keys'}`;
}

/** A value as evidence keeps it: whole if it is a plain one of usual length. */
export function kept(value: Json | undefined): Json {
  if (value === undefined) return null;
  const plain = value === null || typeof value !== 'object';
  return plain && !(typeof value === 'string' && value.length > 200) ? value : shown(value);
}

/** The last two parts of a pointer, as people name a value: `governance.mode`. */
export function named(at: string): string {
  return at === '' ? 'the body' : at.split('/').slice(1).slice(-2).join('.');
}

/** A time taken: `84 ms`, `2.34 s`. */
export function taken(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.floor(ms / 10) / 100} s`;
}

/** Some of many, for a sentence: the first three, then how many more. */
export function fewOf(lines: readonly string[]): string {
  const rest = lines.length - 3;
  return `${lines.slice(0, 3).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}
