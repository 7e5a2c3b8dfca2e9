import { z } from 'zod';
import type { Json } from '#lib/domain/json.ts';

/** Where in a body a value stands: a JSON Pointer (RFC 6901), e.g. `/governance/mode`. */
export const pointer = z
  .string()
  .max(500)
  .regex(/^(\/([^~/]|~[01])*)*$/, {
    error: 'write where the value stands as /key/key, with ~1 for a slash in a key and ~0 for a tilde',
  })
  .describe('Where the value stands in the body, as a JSON Pointer: `/governance/mode`.');

/** The value at a pointer, or undefined when nothing stands there. Inherited members do not count. */
export function valueAt(body: Json, at: string): Json | undefined {
  let value: Json | undefined = body;
  for (const part of at.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) {
      value = /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
    } else {
      value = Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined;
    }
  }
  return value;
}

/** Pointers to every text of a body that `wanted` picks. */
export function pointersTo(body: Json, wanted: (text: string) => boolean, at = ''): string[] {
  if (typeof body === 'string') return wanted(body) ? [at] : [];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]: [string, Json]) =>
    pointersTo(value, wanted, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
