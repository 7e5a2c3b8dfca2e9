import type { Json } from '#lib/domain/json.ts';

/**
 * Reads JSON strictly, as an auditor must: duplicate keys and lone surrogates are refused, since two readers could
 * take them for different values.
 *
 * @returns the value, or a sentence that says what is wrong and at which character.
 */
export function parseStrictJson(text: string): { ok: true; value: Json } | { ok: false; message: string } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return { ok: false, message: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const duplicate = firstDuplicateKey(text);
  if (duplicate)
    return { ok: false, message: `The key ${JSON.stringify(duplicate)} stands twice in one object.` };
  if (!everyTextWellFormed(value)) return { ok: false, message: 'A text holds a lone surrogate.' };
  return { ok: true, value };
}

/** One pass over text that is known to be JSON, keeping a set of keys for each open object. */
function firstDuplicateKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
  let keyNext = false;
  for (const [found] of text.matchAll(token)) {
    const keys = open.at(-1);
    if (found === '{') {
      open.push(new Set());
      keyNext = true;
    } else if (found === '[') {
      open.push(null);
      keyNext = false;
    } else if (found === '}' || found === ']') {
      open.pop();
      keyNext = false;
    } else if (found === ',') {
      keyNext = Boolean(keys);
    } else if (found === ':') {
      keyNext = false;
    } else if (keyNext && keys) {
      const key = JSON.parse(found) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return null;
}

function everyTextWellFormed(value: Json): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && everyTextWellFormed(member));
}
