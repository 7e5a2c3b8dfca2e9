import type { ErrorCode, YAMLError } from 'yaml';
import type { Fault } from '#lib/domain/problem.ts';
import { faultAt } from './faults.ts';
import type { Place } from './tree.ts';

interface Words {
  readonly message: string;
  readonly remedy: string;
}

const quoteIt = 'Put the text in quotes if the colon belongs to it; else begin a new, indented line.';
const colon = 'Write `key: value`, with a colon and a space after it.';

const secondKey: ReadonlySet<ErrorCode> = new Set(['BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY']);

/** What the YAML library says of the text, in words for the person who wrote it, and where that person looks. */
export function yamlFault(
  { code, message, pos }: YAMLError,
  text: string,
  place: (offset: number) => Place,
): Fault {
  const next = /^[^:\n]*\n\s*/.exec(text.slice(pos[0]))?.[0].length;
  if (secondKey.has(code) && next !== undefined) {
    // The second colon stands on the next line: that line belongs to no text, and is only out of line.
    const words = yamlWords('BAD_INDENT', '');
    return faultAt(place(pos[0] + next), words.message, words.remedy);
  }
  const words = yamlWords(code, message);
  return faultAt(place(pos[0]), words.message, words.remedy);
}

/** One slip makes the library stumble again within a few lines: only the first of such a run is one of the author's. */
export function withoutEchoes(faults: readonly Fault[]): Fault[] {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return sorted.filter(({ line }, index) => line > (sorted[index - 1]?.line ?? Number.NEGATIVE_INFINITY) + 5);
}

function yamlWords(code: ErrorCode, message: string): Words {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'A tab indents this line.', remedy: 'Indent with spaces, two a level.' };
    case 'BAD_INDENT':
      return badIndent(message);
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (message.includes('sequence')) return listInMap;
      return { message: 'A second colon makes this line two keys.', remedy: quoteIt };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { message: 'A key goes on over more than its line.', remedy: colon };
    case 'MISSING_CHAR':
      return missing(message);
    case 'BAD_SCALAR_START':
      return { message: 'A text cannot begin with this sign.', remedy: 'Put the text in quotes.' };
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
    case 'MULTIPLE_ANCHORS':
    case 'BAD_PROP_ORDER':
      return {
        message: 'An anchor or alias stands where none can.',
        remedy: 'Quote a text that begins with & or *.',
      };
    case 'RESOURCE_EXHAUSTION':
      return {
        message: 'The text is nested too deep to be read.',
        remedy: 'No part of a spec is that deep: remove it.',
      };
    default:
      return {
        message: 'Something stands here that does not belong.',
        remedy: 'Look at the signs around it: quotes, brackets, commas and colons.',
      };
  }
}

const listInMap: Words = {
  message: 'A list item stands where a key should.',
  remedy: 'Indent the `-` below the key that the list belongs to.',
};

function badIndent(message: string): Words {
  if (/^flow/i.test(message)) return bracket;
  if (message.includes('sequence')) {
    return {
      message: 'This list item is not in line with the others.',
      remedy: 'Give every `-` the same indent.',
    };
  }
  return {
    message: 'This line is not in line with the keys around it.',
    remedy: 'Give keys of one map the same indent, two spaces deeper than what they belong to.',
  };
}

const bracket: Words = {
  message: 'A bracket is not closed, or what is in it is not indented.',
  remedy: 'Close every [ with ] and every { with }.',
};

function missing(message: string): Words {
  if (message.includes('- indicator')) {
    return {
      message: 'A key stands in the middle of a list.',
      remedy: 'Begin it with `-`, or give it its own indent.',
    };
  }
  if (message.startsWith('Implicit map keys')) return { message: 'This line has no colon.', remedy: colon };
  if (message.startsWith('Missing ,')) {
    return { message: 'A comma is missing between two of these.', remedy: 'Separate them with commas.' };
  }
  if (/must end|Expected .*end|flow (map|sequence)/i.test(message)) return bracket;
  if (message.startsWith('Comments')) {
    return { message: 'A # directly after a word is part of it.', remedy: 'Write a space before the #.' };
  }
  return {
    message: 'A sign is missing here.',
    remedy: 'Look for a quote, bracket or space that should be there.',
  };
}
