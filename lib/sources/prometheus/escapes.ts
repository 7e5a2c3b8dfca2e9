/** An escape for NUL, or for half of a character: the only way that either gets into a text that was read as UTF-8. */
const unstorable = /\\u(?:0000|d[89a-f])/i;

/**
 * True when a JSON text may hold what PostgreSQL and canonical JSON refuse. The careful reader puts it right; the quick
 * ones leave such an answer to it.
 */
export function wantsCare(json: string): boolean {
  return unstorable.test(json);
}
