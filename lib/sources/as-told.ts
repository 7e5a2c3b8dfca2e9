/** Format marks, but for what joins two pictures to one. */
const formatMark =
  /(?<!\p{Extended_Pictographic}\ufe0f?)\p{Cf}|\p{Cf}(?!\p{Extended_Pictographic})|(?!\u200d)\p{Cf}/gu;

/**
 * A vendor's text as it is shown and stored: one line, at most `most` characters. Marks that nobody sees stand as their
 * code points, so that a name with one in it is never taken for the name without.
 */
export function shown(text: string, most = 255): string {
  return [
    ...text
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .replace(formatMark, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)
      .trim(),
  ]
    .slice(0, most)
    .join('')
    .toWellFormed();
}

/** An instant as ISO 8601 UTC; null for none, and for what is no instant. */
export function instant(text: string | null | undefined): string | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) || ms <= 0 ? null : new Date(ms).toISOString();
}

/** From start to end, in milliseconds; null unless both are known and in order. */
export function tookMs(startedAt: string | null, endedAt: string | null): number | null {
  if (startedAt === null || endedAt === null) return null;
  const took = Date.parse(endedAt) - Date.parse(startedAt);
  return took < 0 ? null : took;
}

/** A link to the vendor's own pages; null for one that leads anywhere else. */
export function href(url: string | null | undefined, pages: string): string | null {
  return url && URL.canParse(url) && new URL(url).origin === pages ? new URL(url).href : null;
}
