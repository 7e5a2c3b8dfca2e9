import type { Heading, Paragraph, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** In characters. */
const lengthLimit = 256 * 1024;
/** Items of lists and rows of tables: each takes a parser longer than a line of prose, and 60 000 held it for seconds. */
const mostEntries = 32_000;
const entry = /^[ \t>]*(?:[-*+|]|\d{1,9}[.)])/gm;
/** Nesting deeper than any person writes makes a parser slow; each level takes at least a character of indentation. */
const tooDeep = /^(?:[ \t>*+-]|\d{1,9}[.)]){200}/m;

/**
 * What stands inside a line can neither make nor hide a block, and reading it takes time that grows with its square.
 * Names are those of micromark's constructs.
 */
const blocksOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'codeText',
      'htmlText',
      'labelStartImage',
      'labelStartLink',
      'labelEnd',
      'strikethrough',
      'gfmFootnoteCall',
      'gfmPotentialFootnoteCall',
      'wwwAutolink',
      'protocolAutolink',
      'emailAutolink',
    ],
  },
};

/** A short text with what stands inside its lines too: whoever hands it over has seen to its length. */
export function readWhole(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The blocks of a document in GitHub-flavoured Markdown; one too long or nested too deeply is said to be so. */
export function readBlocks(
  text: string,
  what: string,
): { readonly ok: true; readonly root: Root } | { readonly ok: false; readonly message: string } {
  if (text.length > lengthLimit)
    return { ok: false, message: `it is over 256 Ki characters and was not read as ${what}` };
  if (tooDeep.test(text))
    return { ok: false, message: `a line of it is nested too deeply to be read as ${what}` };
  if ((text.match(entry)?.length ?? 0) > mostEntries)
    return { ok: false, message: `it has over 32 000 list items and table rows and was not read as ${what}` };
  const options = { extensions: [gfm(), blocksOnly], mdastExtensions: [gfmFromMarkdown()] };
  return { ok: true, root: fromMarkdown(text, options) };
}

/** Text of a paragraph or heading without its marks, at most 200 characters; what cannot be seen is taken out. */
export function plainText(block: Heading | Paragraph): string {
  const text = block.children.map((child) => ('value' in child ? child.value : ' ')).join('');
  return withoutMarks(text.slice(0, 1000)).slice(0, 200).toWellFormed();
}

/** A title as it reads, without the marks of links, emphasis and code. */
export function withoutMarks(text: string): string {
  return clean(text.replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1').replace(/\*|~~|`/g, ''));
}

function clean(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

/** Whether a section is the one that is asked for: by its heading's title, letter case aside, or as a link's `#anchor`. */
export function isSection(
  heading: { readonly text: string; readonly anchor: string },
  asked: string,
): boolean {
  const wanted = clean(asked).toLowerCase();
  return heading.text.toLowerCase() === wanted || `#${heading.anchor}` === wanted;
}
