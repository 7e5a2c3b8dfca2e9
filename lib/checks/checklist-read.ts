import type { ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import { anchorsOf } from '#lib/domain/anchor.ts';
import { isSection, plainText, readBlocks } from './markdown-blocks.ts';

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

/**
 * Reads the boxes of GitHub-flavoured Markdown's task lists, nested ones and ones in quotes too; what stands in code
 * or comments is text. A section, asked for by its title or as a link's `#anchor`, goes from its heading to the next of the same rank
 * or a higher one; every heading of that title counts. Rules: GitHub Flavored Markdown, "Task list items".
 */
export function readChecklist(text: string, section: string | null): ChecklistResult {
  const parsed = readBlocks(text, 'a checklist');
  if (!parsed.ok) return parsed;
  const { root } = parsed;
  const titles = root.children.flatMap((block) => (block.type === 'heading' ? [plainText(block)] : []));
  const anchors = anchorsOf(titles).values();
  const boxes: Box[] = [];
  const lookalikes: number[] = [];
  let heading = '';
  let within: number | null = null;
  let sectionFound = section === null;
  for (const block of root.children) {
    if (block.type === 'heading') {
      heading = plainText(block);
      const anchor = anchors.next().value ?? '';
      if (within !== null && block.depth <= within) within = null;
      if (within === null && section !== null && isSection({ text: heading, anchor }, section)) {
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
