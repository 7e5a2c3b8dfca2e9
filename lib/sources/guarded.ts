import { redactedMark } from '#lib/domain/observations/endpoint.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import { failed } from './repository/failure.ts';

/** Of all answers of one asking, in bytes: they are in memory together until what they say is kept. */
const mostBytes = 128 * 1024 * 1024;

/**
 * The same context with a way out that no kind of source can forget to guard: a token that a server echoes comes into
 * no evidence and no sentence, and answers that are large one after the other do not fill the memory.
 */
export function guarded(context: SourceContext, most = mostBytes): SourceContext {
  const token = context.credential?.token ?? '';
  const hides = token.length >= leastLength;
  const hide = hides ? hiding(token) : (text: string) => text;
  let bytes = 0;
  const outgoing: Outgoing = async (request) => {
    const who = request.what ?? 'The source';
    if (bytes > most) {
      const message = `${who} answered with over ${Math.floor(most / 1024 / 1024)} MiB in all, and is asked no more in this turn: ask it for less.`;
      return { ...failed('too-large', message), tookMs: 0 };
    }
    const reply = await context.outgoing(request);
    if (!reply.ok) return { ...reply, failure: { ...reply.failure, message: hide(reply.failure.message) } };
    if (!reply.served) bytes += reply.bytes;
    if (!hides) return reply;
    const headers = Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name, hide(value)]),
    );
    return { ...reply, headers, body: hide(reply.body) };
  };
  // The way out is another at each asking: what is remembered stays with the one that was given.
  return { ...context, outgoing, memory: context.memory ?? context.outgoing };
}

/** Shorter than any vendor's token: such a word stands in answers for other reasons. */
const leastLength = 8;

/**
 * Takes a token out of a text: as it is, and as JSON, addresses and HTML write it, each of its characters in whichever
 * way. Servers written in Go write `&` as `\u0026`, and who means to leak one may write any letter so.
 */
function hiding(token: string): (text: string) => string {
  const count = Math.ceil(token.length / longestPiece);
  const length = Math.ceil(token.length / count);
  const patterns = Array.from({ length: count }, (_, n) => {
    const piece = token.slice(n * length, (n + 1) * length);
    return new RegExp([...piece].map(anyWayOf).join(''), 'g');
  });
  return (text) => patterns.reduce((clean, pattern) => clean.replace(pattern, redactedMark), text);
}

/** In characters of one pattern: of a whole long token it would be too large for the machine. */
const longestPiece = 200;

const named: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  "'": 'apos',
  '<': 'lt',
  '>': 'gt',
};

function anyWayOf(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code
    .toString(16)
    .padStart(2, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const itself = `\\u${code.toString(16).padStart(4, '0')}`;
  const entity = Object.hasOwn(named, character) ? `|&${named[character]};` : '';
  // Longest first: a sign that begins its own code is not that alone.
  return `(?:\\\\u00${hex}|%${hex}|&#(?:0*${code}|[xX]0*${hex});${entity}|\\\\?${itself})`;
}
