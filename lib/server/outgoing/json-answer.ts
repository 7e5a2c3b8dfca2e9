import { nestsDeeperThan } from '#lib/canonical/nesting.ts';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Json } from '#lib/domain/json.ts';
import type { OutgoingAnswer } from '#lib/domain/outgoing.ts';
import { failure } from './failures.ts';

export type JsonAnswerResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly failure: SourceFailure };

const maxDepth = 200;

function whyNoJson(text: string, error: unknown): string {
  const withoutStrings = text.slice(0, 1_000_000).replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const literal = /(?<![\w"])-?(NaN|Infinity)\b/.exec(withoutStrings);
  if (literal) return `holds ${literal[0]}, which is not JSON: its program must write null or a string there`;
  const message = error instanceof Error ? error.message : '';
  const position = / at position (\d+)/.exec(message)?.[1];
  if (/^(Unexpected end|Unterminated)/.test(message) || Number(position) === text.length) {
    return `breaks off after ${text.length} characters: half a JSON, cut by its program or a proxy`;
  }
  const place = position === undefined ? '' : ` from character ${Number(position) + 1} on`;
  return `is not JSON${place}: look at what its program writes`;
}

/** Keeps an integer that a double cannot hold as its digits. Node hands over the source text since version 21. */
function exactIntegers(
  _key: string,
  value: unknown,
  context: { readonly source?: string } | undefined,
): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** Neither canonical JSON nor PostgreSQL takes a lone surrogate, nor PostgreSQL a NUL. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** What canonical JSON can hold of a value; undefined for a number beyond what a double holds (1e999). */
function softened(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : value;
}

/** Goes through containers in place and without recursion; false when a number is beyond what a double holds. */
function soften(root: readonly unknown[]): boolean {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const container = waiting.pop();
    if (typeof container !== 'object' || container === null) continue;
    for (const [key, value] of Object.entries(container)) {
      const kept = softened(value);
      if (kept === undefined) return false;
      const name = storable(key);
      if (name !== key || key === '__proto__') Reflect.deleteProperty(container, key);
      if (key === '__proto__') continue;
      if (name !== key || kept !== value) Reflect.set(container, name, kept);
      if (typeof kept === 'object') waiting.push(kept);
    }
  }
  return true;
}

/**
 * Reads a JSON answer. HTML, half a JSON, NaN and nesting over 200 levels are `malformed`, with the reason. Of a key
 * that stands twice the last one holds, as in every browser (RFC 8259, 4); a key `__proto__` is dropped; integers
 * beyond 2^53 come as strings of their digits; lone surrogates and NUL become U+FFFD. `what` is who was asked, for the sentence.
 */
export function parseJsonAnswer(answer: OutgoingAnswer, what: string): JsonAnswerResult {
  const malformed = (words: string): JsonAnswerResult => ({
    ok: false,
    failure: failure(
      'malformed',
      `${what} answered ${answer.status}, but the answer ${words}.`,
      answer.status,
    ),
  });
  const text = answer.body.startsWith('\ufeff') ? answer.body.slice(1) : answer.body;
  const head = text.slice(0, 1_000).trimStart();
  if (head === '' && text.trim() === '') return malformed('is empty where JSON was expected');
  if (head.startsWith('<')) {
    return malformed('is a web page (HTML) and no JSON: a sign-in page, a proxy, or the wrong path');
  }
  if (nestsDeeperThan(text, maxDepth))
    return malformed(`is nested more than ${maxDepth} levels deep: nothing we read is`);
  let value: unknown;
  try {
    value = /\d{16}/.test(text)
      ? JSON.parse(text, exactIntegers as (key: string, value: unknown) => unknown)
      : JSON.parse(text);
  } catch (error) {
    return malformed(whyNoJson(text, error));
  }
  const holder = [value];
  // Only where the text shows signs of something to put right: most answers need no second walk.
  if (/__proto__|\\u|\d[eE]\+?\d|\d{16}/.test(text) && !soften(holder)) {
    return malformed('holds a number too large for JSON’s own numbers');
  }
  return { ok: true, value: holder[0] as Json };
}
