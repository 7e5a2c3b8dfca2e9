import type { Heading, Html, RootContent } from 'mdast';
import { plainText, readBlocks, withoutMarks } from './markdown-blocks.ts';

/** One section of a Markdown document: a heading, and all from there to the next of its rank or higher. */
export interface DocumentSection {
  readonly title: string;
  readonly depth: number;
  /** Offsets of its text, in UTF-16 code units. What divides it from the next section is not of it. */
  readonly start: number;
  readonly end: number;
  /** One-based lines that it stands on. */
  readonly line: number;
  readonly lastLine: number;
  /** Its blocks after the heading. */
  readonly blocks: readonly RootContent[];
}

type SectionsRead =
  | { readonly ok: true; readonly sections: readonly DocumentSection[] }
  | { readonly ok: false; readonly message: string };

/** Every section of a document, in its order, those within others too. Headings in code, quotes and lists open none. */
export function sectionsOf(text: string): SectionsRead {
  const read = readBlocks(text, 'a document of sections');
  if (!read.ok) return read;
  const blocks = read.root.children;
  // The parser leaves a byte order mark away and counts from behind it.
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const sections = blocks.flatMap((block, at) =>
    block.type === 'heading' ? [sectionAt(blocks, block, at, mark)] : [],
  );
  return { ok: true, sections };
}

/** The first section of a title, which is where a link leads; letter case aside. */
export function sectionOf(sections: readonly DocumentSection[], title: string): DocumentSection | null {
  const wanted = withoutMarks(title).toLowerCase();
  return sections.find((one) => one.title.toLowerCase() === wanted) ?? null;
}

function sectionAt(
  blocks: readonly RootContent[],
  heading: Heading,
  at: number,
  mark: number,
): DocumentSection {
  let next = at + 1;
  for (let block = blocks[next]; block !== undefined; next += 1, block = blocks[next]) {
    if (block.type === 'heading' && block.depth <= heading.depth) break;
  }
  // Rules, comments and anchors right before the next heading divide, or belong to what follows.
  while (next > at + 1 && divides(blocks[next - 1])) next -= 1;
  const last = blocks[next - 1] ?? heading;
  return {
    title: plainText(heading),
    depth: heading.depth,
    start: mark + (heading.position?.start.offset ?? 0),
    end: mark + (last.position?.end.offset ?? 0),
    line: heading.position?.start.line ?? 0,
    lastLine: last.position?.end.line ?? 0,
    blocks: blocks.slice(at + 1, next),
  };
}

function divides(block: RootContent | undefined): boolean {
  if (block?.type === 'html') return isComment(block);
  if (block?.type === 'paragraph') return /^<a\s[^<>]{0,200}>\s*<\/a>$/.test(plainText(block));
  return block?.type === 'thematicBreak';
}

/** Whether HTML is one comment, which nobody sees. */
export function isComment({ value }: Html): boolean {
  return value.startsWith('<!--') && value.indexOf('-->') === value.trimEnd().length - 3;
}
