import type { Json, JsonObject } from '#lib/domain/json.ts';

/** Looks into JSON of no known form: what is not there, or is something else, is null or empty. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject | null {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : null;
}

export function textAt(value: Json | undefined, key: string): string | null {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : null;
}

export function numberAt(value: Json | undefined, key: string): number | null {
  const number = isObject(value) ? value[key] : undefined;
  return typeof number === 'number' ? number : null;
}

export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const list = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
