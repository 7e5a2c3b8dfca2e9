/**
 * Requests of Prometheus's HTTP API, as text. Pure.
 * API: https://prometheus.io/docs/prometheus/latest/querying/api/
 */

/** Characters with a meaning in RE2, as Go's `regexp.QuoteMeta` escapes them. */
const meta = /[\\.+*?()|[\]{}^$]/g;

/** A name as a part of an RE2 alternation that matches it alone. */
export function escapeName(name: string): string {
  return name.replace(meta, '\\$&');
}

/** Text as a PromQL string in double quotes. */
export function quote(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

/**
 * A form body. Only what would be read as something else is escaped: `|` stands between all names, and three bytes
 * for each would make the body half as long again.
 */
export function formBody(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}=${escapeField(one)}`))
    .join('&');
}

/** A field of several values stands several times. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

function escapeField(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\w~.:!*'()|{}[\]\\/,^$?@-]/gu, (character) => encodeURIComponent(character));
}

/** An endpoint below the source's address, which may have a path of its own. */
export function apiUrl(address: string, path: string, query: Fields = {}): string {
  const search = formBody(query);
  return `${address.replace(/\/+$/, '')}/api/v1/${path}${search === '' ? '' : `?${search}`}`;
}

/** `{__name__=~"a|b|c"}`, with further matchers as they are given. */
export function namesSelector(names: readonly string[], matchers = ''): string {
  return `{__name__=~${quote(names.map(escapeName).join('|'))}${matchers}}`;
}

/**
 * Splits names so that a selector over each part, with what stands beside it, stays within the bytes of one request.
 * One name longer than that still gets a part of its own.
 */
export function chunkNames(names: readonly string[], maxBytes: number): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let chunk: string[] = [];
  let bytes = 0;
  for (const name of names) {
    const cost = escapeField(quote(escapeName(name))).length + 1;
    if (chunk.length > 0 && bytes + cost > maxBytes) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(name);
    bytes += cost;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

/** A duration as every version of PromQL reads it. */
export function promqlDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${Math.max(1, Math.round(ms))}ms`;
}
