import { parseAllDocuments } from 'yaml';
import type { Json } from '#lib/domain/json.ts';
import { isTooDeep } from '../json-schema.ts';
import { yamlParts } from '../yaml-parts.ts';

export type DocumentRead =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Characters of JSON that are read. However deep it nests, V8 parses it without recursion, and so is it walked. */
const mostJson = 8_000_000;
/** Parts of YAML, of which some 25 000 are read in a second. */
const mostYaml = 20_000;

/** Parses the documents of one file, and those that stand in it as texts, within what takes a second or so in all. */
export class DocumentParser {
  #yamlParts = 0;

  /** The documents of a text: one of JSON, or as many as YAML divides by `---`. What cannot be read says why. */
  parse(text: string): readonly DocumentRead[] {
    const trimmed = text.replace(/^\uFEFF/, '').trimStart();
    if (trimmed === '') return [refuse('it is empty')];
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) return [readJson(trimmed)];
    if (text.includes('\0')) return [refuse('it is not text')];
    if (text.length > mostJson) return [refuse(tooLong)];
    this.#yamlParts += yamlParts(text);
    return this.#yamlParts > mostYaml
      ? [refuse(`it is YAML of more than ${mostYaml} parts; JSON may have more`)]
      : readYaml(text);
  }
}

const tooLong = `it has more than ${mostJson / 1e6} million characters`;

function readJson(text: string): DocumentRead {
  if (text.length > mostJson) return refuse(tooLong);
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return refuse(`it is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`);
  }
}

function readYaml(text: string): readonly DocumentRead[] {
  try {
    const documents = parseAllDocuments(text, { schema: 'core', logLevel: 'error' });
    return [...documents].flatMap((document): DocumentRead[] => {
      const [error] = document.errors;
      if (error) return [refuse(`it is not YAML: ${error.message.split('\n')[0]}`)];
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      if (value === null || value === undefined) return [];
      return [
        isTooDeep(value) ? refuse('it is nested too deeply to be read') : { ok: true, value: value as Json },
      ];
    });
  } catch (error) {
    return [
      refuse(`it is not YAML: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`),
    ];
  }
}

function refuse(message: string): DocumentRead {
  return { ok: false, message };
}
