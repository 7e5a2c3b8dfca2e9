/**
 * Canonical JSON, RFC 8785 (JSON Canonicalization Scheme): keys in order of UTF-16 code units, numbers as
 * ECMAScript writes them, no white space. Values that would not come back the same are refused, because a digest
 * over them would mean nothing: that is a bug of the caller's, so it throws.
 *
 * @throws TypeError for `undefined`, functions, symbols, NaN, infinities, integers beyond 2^53 - 1 (write them as
 *   text), lone surrogates, and objects that are not plain.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalText(value);
    case 'number':
      return canonicalNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    default:
      throw new TypeError(`Canonical JSON has no ${typeof value}.`);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  return canonicalObject(value);
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('Canonical JSON takes plain objects only.');
  }
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalText(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('Canonical JSON refuses a lone surrogate.');
  return JSON.stringify(text);
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError('Canonical JSON has no NaN and no infinity.');
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new TypeError('An integer beyond 2^53 - 1 is written as text.');
  }
  return JSON.stringify(number);
}
