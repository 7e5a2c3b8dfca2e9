import type { DocumentBlock } from '#lib/domain/document.ts';
import { readBlocks, readWhole } from '../markdown-blocks.ts';
import { readableBlocks } from './readable.ts';
import { everyNode, readSections, type Section } from './section.ts';

export type ReadableSection =
  | {
      readonly ok: true;
      readonly title: string;
      readonly blocks: readonly DocumentBlock[];
      /** Blocks that are not shown. */
      readonly more: number;
    }
  | { readonly ok: false; readonly message: string };

/** In characters; a section is one runbook. */
const longest = 64 * 1024;
/** What stands inside a line takes time that grows with the square of these marks. */
const marks = /[[\]()*_~`<!]/g;
const mostInBlock = 400;
const mostInAll = 8000;

/**
 * A document's section as it can be shown, by its heading's title or `#anchor`. One whose lines are fuller of marks
 * than any that people write is shown by its blocks, with the marks as they stand.
 */
export function readableSection(text: string, title: string): ReadableSection {
  const read = readBlocks(text, 'a runbook');
  if (!read.ok) return read;
  const [section] = readSections(read.root, title).sections;
  if (!section) return { ok: false, message: `it has no heading “${title}”` };
  const heading = { title: section.heading.text };
  // The parser leaves a byte order mark away and counts from behind it.
  const own = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const from = section.blocks[0]?.position?.start.offset ?? 0;
  const to = section.blocks.at(-1)?.position?.end.offset ?? from;
  if (to - from > longest)
    return { ok: false, message: `its section has over ${longest / 1024} Ki characters` };
  if (isTooFull(section, own))
    return { ok: true, ...heading, ...readableBlocks(section.blocks, section.headings) };
  const first = section.blocks[0]?.position?.start.line ?? 1;
  const headings = section.headings.map((one) => ({ ...one, line: one.line - first + 1 }));
  return { ok: true, ...heading, ...readableBlocks(readWhole(own.slice(from, to)).children, headings) };
}

function isTooFull({ blocks }: Section, text: string): boolean {
  let all = 0;
  for (const node of everyNode(blocks)) {
    if (!['paragraph', 'heading', 'tableRow'].includes(node.type)) continue;
    const own = text.slice(node.position?.start.offset, node.position?.end.offset);
    const count = own.match(marks)?.length ?? 0;
    all += count;
    if (count > mostInBlock || all > mostInAll) return true;
  }
  return false;
}
