import type { Heading, ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A task list's box. */
export interface Box {
  readonly text: string;
  readonly ticked: boolean;
  /** One-based. */
  readonly line: number;
  /** The heading it stands under; empty before the first. */
  readonly heading: string;
}

export interface ChecklistRead {
  readonly boxes: readonly Box[];
  /** Lines that look like boxes and, by GitHub's rules, are none: `- []`, `- [-] …`, `[ ] …` outside a list. */
  readonly lookalikes: readonly number[];
  /** False when a section was asked for and no heading has its title. */
  readonly sectionFound: boolean;
}

export type ChecklistResult =
  | { readonly ok: true; readonly read: ChecklistRead }
  | { readonly ok: false; readonly message: string };

/** In characters. */
const lengthLimit = 256 * 1024;
/** Nesting deeper than any person writes makes a parser slow; each level takes at least a character of indentation. */
const tooDeep = /^(?:[ \t>*+-]|\d{1,9}[.)]){200}/m;

/**
 * What stands inside a line can neither make nor hide a box, and reading it takes time that grows with its square.
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

/**
 * Reads the boxes of GitHub-flavoured Markdown's task lists, nested ones and ones in quotes too; what stands in code
 * or comments is text. A section goes from its heading to the next of the same rank or a higher one; every heading of
 * that title counts. Rules: GitHub Flavored Markdown, "Task list items".
 */
export function readChecklist(text: string, section: string | null): ChecklistResult {
  if (text.length > lengthLimit)
    return { ok: false, message: 'it is over 256 Ki characters and was not read as a checklist' };
  if (tooDeep.test(text))
    return { ok: false, message: 'a line of it is nested too deeply to be read as a checklist' };
  const root = fromMarkdown(text, { extensions: [gfm(), blocksOnly], mdastExtensions: [gfmFromMarkdown()] });
  const boxes: Box[] = [];
  const lookalikes: number[] = [];
  let heading = '';
  let within: number | null = null;
  let sectionFound = section === null;
  for (const block of root.children) {
    if (block.type === 'heading') {
      heading = plainText(block);
      if (within !== null && block.depth <= within) within = null;
      if (within === null && section !== null && same(heading, section)) {
        within = block.depth;
        sectionFound = true;
      }
    }
    if (section === null || within !== null) readBlock(block, text, heading, boxes, lookalikes);
  }
  return { ok: true, read: { boxes, lookalikes, sectionFound } };
}

function readBlock(
  block: RootContent,
  text: string,
  heading: string,
  boxes: Box[],
  lookalikes: number[],
): void {
  const waiting: { readonly node: Nodes; readonly first: boolean }[] = [{ node: block, first: false }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { node, first } = at;
    const line = node.position?.start.line ?? 0;
    if (node.type === 'listItem' && typeof node.checked === 'boolean')
      boxes.push({ text: itemText(node), ticked: node.checked, line, heading });
    else if (node.type === 'listItem' && looksLikeBox(node.children[0], text)) lookalikes.push(line);
    else if (node.type === 'paragraph' && !first && looksLikeBox(node, text)) lookalikes.push(line);
    if (!('children' in node)) continue;
    const inItem = node.type === 'listItem';
    waiting.push(
      ...node.children.map((child, index) => ({ node: child, first: inItem && index === 0 })).reverse(),
    );
  }
}

const alike = /^(?:\[[ \t]*[xXvVyY✓✔✅☑~*\-–—/.!?>]?[ \t]*\](?=\s|$)|[☐☑☒])/u;

/** Whether a paragraph begins like a box. One that is escaped, `\[ ]`, is meant as text. */
function looksLikeBox(block: Nodes | undefined, text: string): boolean {
  if (block?.type !== 'paragraph') return false;
  const [first] = block.children;
  if (first?.type !== 'text' || !alike.test(first.value)) return false;
  return text[first.position?.start.offset ?? 0] !== '\\';
}

function itemText(item: ListItem): string {
  const paragraph = item.children.find((child): child is Paragraph => child.type === 'paragraph');
  return paragraph ? plainText(paragraph) : '';
}

/** Text of a paragraph or heading without its marks, at most 200 characters; what cannot be seen is taken out. */
function plainText(block: Heading | Paragraph): string {
  const text = block.children.map((child) => ('value' in child ? child.value : ' ')).join('');
  return clean(
    text
      .slice(0, 1000)
      .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
      .replace(/\*|~~|`/g, ''),
  )
    .slice(0, 200)
    .toWellFormed();
}

function clean(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === clean(other).toLowerCase();
}
