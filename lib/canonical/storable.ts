/** As JSON writes what neither PostgreSQL's text nor canonical JSON can hold: NUL, and half of a character alone. */
const unstorable = /\\u(?:0000|d[89a-f])/i;

/**
 * The same value with U+FFFD where a text holds NUL or half a character, as a text that was cut may. Plain data only:
 * what is not a text, list or plain object is left as it is.
 */
export function storable<T>(value: T): T {
  return unstorable.test(JSON.stringify(value) ?? '') ? (mended(value) as T) : value;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd');
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mended(key) as string, mended(inner)]),
  );
}
