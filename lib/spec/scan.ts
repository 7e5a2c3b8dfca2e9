import { CST, Lexer } from 'yaml';
import type { Fault } from '#lib/domain/problem.ts';
import { codePoint } from './characters.ts';
import { faultAt } from './faults.ts';
import { linePlaces } from './line-places.ts';

/** What a spec's text may hold. Far above any real one, far below what would hurt. */
export const limits = {
  bytes: 1024 * 1024,
  /** Words and signs of YAML in it; a spec of 10 000 metrics has about 320 000. */
  lexemes: 500_000,
  depth: 64,
  aliases: 200,
  /** Values that aliases may repeat, in all. */
  repeated: 10_000,
} as const;

/**
 * Looks through the text once, before it costs memory to understand it: size, characters, depth, and what of YAML a
 * spec has no use for (tags, directives, several documents, too many aliases). The first fault, or null.
 */
export function scan(text: string): Fault | null {
  return sizeFault(text) ?? characterFault(text) ?? lexemeFault(text);
}

function sizeFault(text: string): Fault | null {
  const bytes = text.length > limits.bytes ? text.length : new TextEncoder().encode(text).length;
  if (bytes <= limits.bytes) return null;
  const size = `${Math.floor((bytes / 1024 / 1024) * 10) / 10} MiB`;
  const message = `The text has ${size}; a spec has at most 1 MiB.`;
  return faultAt(
    { line: 1, column: 1 },
    message,
    'Is this the right file? Split very large launches into several.',
  );
}

function characterFault(text: string): Fault | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.exec(text);
  const offset = control?.index ?? (text.isWellFormed() ? -1 : loneSurrogate(text));
  if (offset < 0) return null;
  const what = codePoint(text.charAt(offset));
  const remedy = 'Save the file as plain UTF-8 text without it.';
  return faultAt(linePlaces(text)(offset), `${what} stands here, which is no part of a text.`, remedy);
}

function loneSurrogate(text: string): number {
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text)?.index ?? 0;
}

interface Scan {
  count: number;
  aliases: number;
  flow: number;
  /** Indents of the blocks that are open, and markers on this line that each open one. */
  readonly indents: number[];
  openers: number;
  /** Indent of this line until its first word; null after it. */
  indent: number | null;
  previous: string;
}

function lexemeFault(text: string): Fault | null {
  const state: Scan = {
    count: 0,
    aliases: 0,
    flow: 0,
    indents: [],
    openers: 0,
    indent: 0,
    previous: '',
  };
  let offset = 0;
  let content = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: string = content ? 'content' : (CST.tokenType(lexeme) ?? 'content');
    content = type === 'scalar';
    const mark = type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end';
    const said = mark ? null : look(state, type, lexeme);
    if (said) return faultAt(linePlaces(text)(offset + (said.offset ?? 0)), said.message, said.remedy);
    if (!mark) offset += lexeme.length;
  }
  return null;
}

interface Said {
  readonly message: string;
  readonly remedy: string;
  readonly offset?: number;
}

function look(state: Scan, type: string, lexeme: string): Said | null {
  state.count += 1;
  if (state.count > limits.lexemes) {
    return {
      message: 'The text has more words and signs than any spec needs.',
      remedy: 'Is this the right file?',
    };
  }
  const ended = state.previous === 'doc-end' && !['space', 'newline', 'comment', 'doc-end'].includes(type);
  const said = (ended ? secondDocument : refused(state, type, lexeme)) ?? deep(state, type, lexeme);
  if (type !== 'space' && type !== 'newline' && type !== 'comment') state.previous = type;
  return said;
}

const secondDocument: Said = {
  message: 'A second YAML document begins here.',
  remedy: 'Keep one spec in one file.',
};

function refused(state: Scan, type: string, lexeme: string): Said | null {
  switch (type) {
    case 'tag':
      return {
        message: `\`${lexeme.slice(0, 40)}\` is a YAML tag, and a spec has none.`,
        remedy: 'Remove it; put the value in quotes if it begins with an exclamation mark.',
      };
    case 'directive-line':
      return {
        message: 'A line that begins with % tells YAML how to read; a spec has none.',
        remedy: 'Remove it.',
      };
    case 'doc-start':
      return state.previous === '' ? null : secondDocument;
    case 'alias':
      state.aliases += 1;
      if (state.aliases <= limits.aliases) return null;
      return {
        message: `More than ${limits.aliases} aliases.`,
        remedy: 'Write the values out, or use `defaults`.',
      };
    case 'comma':
      if (!['comma', 'flow-seq-start', 'flow-map-start'].includes(state.previous)) return null;
      return { message: 'Nothing stands before this comma.', remedy: 'Remove the comma.' };
    case 'single-quoted-scalar':
      return notClosed(lexeme, "'");
    case 'double-quoted-scalar':
      return notClosed(lexeme, '"') ?? badEscape(lexeme);
    default:
      return null;
  }
}

/** The text's end is where YAML notices; where the quote was opened is where people look. */
function notClosed(lexeme: string, quote: string): Said | null {
  if (lexeme.length > 1 && lexeme.endsWith(quote)) return null;
  return {
    message: 'The quote that opens here is never closed.',
    remedy: `Write ${quote} at the end of the text, on the same line.`,
  };
}

function badEscape(lexeme: string): Said | null {
  const escapes = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;
  for (const match of lexeme.matchAll(escapes)) {
    const [sign] = match;
    if (sign.length > 2 || '0abt\tnvfre "/\\N_LP\r\n'.includes(sign.charAt(1))) continue;
    return {
      message: `\`${sign}\` means nothing inside double quotes.`,
      remedy: 'Use single quotes, where a backslash is a backslash.',
      offset: match.index,
    };
  }
  return null;
}

function deep(state: Scan, type: string, lexeme: string): Said | null {
  if (type === 'newline') {
    state.indent = 0;
    state.openers = 0;
  } else if (state.indent !== null && type === 'space') {
    state.indent = lexeme.length;
  } else if (state.indent !== null && type !== 'comment') {
    if (state.flow === 0) openBlock(state.indents, state.indent);
    state.indent = null;
  }
  if (type === 'flow-seq-start' || type === 'flow-map-start') state.flow += 1;
  if (type === 'flow-seq-end' || type === 'flow-map-end') state.flow = Math.max(0, state.flow - 1);
  const opens = type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
  if (opens && state.flow === 0) state.openers += 1;
  if (state.indents.length + state.openers + state.flow <= limits.depth) return null;
  return {
    message: `Nested more than ${limits.depth} deep.`,
    remedy: 'No part of a spec is that deep: remove it.',
  };
}

function openBlock(indents: number[], indent: number): void {
  while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
  indents.push(indent);
}
