import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import { compilePattern } from './pattern.ts';

export type SchemaResult =
  | { readonly ok: true; readonly faultsOf: (value: Json) => readonly string[] }
  | { readonly ok: false; readonly message: string };

/** A value nested deeper than this is not judged. */
const depthLimit = 200;
/** Faults that are told of one value. */
const faultLimit = 20;

/**
 * Compiles a JSON Schema (2020-12, or draft-07 where it says so). Nothing is fetched, unknown keywords and formats are
 * refused rather than passed over, and patterns are matched in linear time. `faultsOf` gives a line for each fault.
 */
export function compileSchema(schema: JsonObject): SchemaResult {
  const slow = findSlow(schema);
  if (slow) return { ok: false, message: slow };
  const draft = typeof schema.$schema === 'string' && schema.$schema.includes('draft-07') ? Ajv : Ajv2020;
  try {
    const validate = new draft(options).compile(schema);
    return {
      ok: true,
      faultsOf: (value) => {
        if (isTooDeep(value)) return [`it is nested deeper than ${depthLimit} levels`];
        return validate(value) ? [] : (validate.errors ?? []).slice(0, faultLimit).map(say);
      },
    };
  } catch (error) {
    // Ajv throws what is wrong with a schema; it has no other way to say it.
    return { ok: false, message: error instanceof Error ? error.message.slice(0, 300) : 'it cannot be read' };
  }
}

const options: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allErrors: true,
  logger: false,
  code: {
    regExp: Object.assign(linear, { code: 'refused' }),
  },
};

function linear(source: string): { test: (text: string) => boolean } {
  const compiled = compilePattern(source, { lines: false });
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.pattern;
}

/** Comparing every item with every other takes for ever on a long list, unless they are known to be plain values. */
function findSlow(schema: JsonObject): string | null {
  const waiting: Json[] = [schema];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    if (!Array.isArray(at) && 'uniqueItems' in at && at.uniqueItems === true && !hasPlainItems(at))
      return 'uniqueItems wants items of a plain type beside it, such as {"type": "string"}';
    waiting.push(...Object.values(at));
  }
  return null;
}

function hasPlainItems({ items }: JsonObject): boolean {
  const type = typeof items === 'object' && items !== null && 'type' in items ? items.type : null;
  return ['string', 'number', 'integer', 'boolean'].includes(String(type));
}

/** Whether a value is nested so deeply that rules would run out of stack over it. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthLimit) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function say({ instancePath, message = 'is not as declared', params, keyword }: ErrorObject): string {
  const named: unknown = keyword === 'additionalProperties' ? params.additionalProperty : null;
  const at = instancePath === '' ? 'the whole' : instancePath;
  const allowed: unknown = keyword === 'enum' ? params.allowedValues : null;
  const detail =
    typeof named === 'string'
      ? `: ${JSON.stringify(named)}`
      : allowed === null
        ? ''
        : `: ${JSON.stringify(allowed)}`;
  return shown(`${at} ${message}${detail}`.slice(0, 300));
}

/** A document's own names as they can be read and kept: what cannot be seen comes as its code point. */
function shown(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
