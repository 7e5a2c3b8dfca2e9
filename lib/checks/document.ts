import { parse as parseYaml } from 'yaml';
import { type Json, jsonSchema } from '#lib/domain/json.ts';
import { isTooDeep } from './json-schema.ts';

/** Reads a JSON document, or a YAML one as far as JSON has it: no tags, no NaN, few aliases. */
export function readDocument(
  text: string,
  isYaml: boolean,
): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly fault: string } {
  const language = isYaml ? 'YAML' : 'JSON';
  try {
    const value: unknown = isYaml
      ? parseYaml(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' })
      : JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isTooDeep(value)) return { ok: false, fault: 'it is nested too deeply to be read' };
    const parsed = jsonSchema.safeParse(value);
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, fault: 'it holds what JSON has no word for' };
  } catch {
    return { ok: false, fault: `it is not ${language}` };
  }
}
