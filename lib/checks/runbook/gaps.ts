import type { RootContent } from 'mdast';
import { commandsThatWait, proseThatWaits } from './placeholders.ts';
import { type DocumentHeading, type DocumentRead, everyNode, type Section } from './section.ts';
import { shellFault } from './shell.ts';

/** Something that a runbook lacks, with the line of the document where it does. */
export interface Gap {
  readonly about: 'section' | 'part' | 'commands' | 'placeholder' | 'link' | 'alert';
  readonly line: number;
  readonly what: string;
  readonly way: string;
}

export interface Part {
  readonly title: string;
  readonly state: 'written' | 'empty' | 'missing';
}

/** The parts that a section is to have, and the gaps in them. */
export function readParts(
  section: Section,
  titles: readonly string[],
  text: string,
): { readonly parts: readonly Part[]; readonly gaps: readonly Gap[] } {
  const gaps: Gap[] = [];
  const parts = titles.map((title): Part => {
    const heading = section.headings.find((one) => names(one.text, title));
    if (!heading) {
      const what = `“${title}” is missing`;
      gaps.push({ about: 'part', line: section.heading.line, what, way: `Write the part “${title}”.` });
      return { title, state: 'missing' };
    }
    const written = blocksUnder(section, heading).some((block) => isWritten(block, text));
    if (written) return { title, state: 'written' };
    gaps.push({
      about: 'part',
      line: heading.line,
      what: `“${heading.text}” is empty`,
      way: `Write what belongs there.`,
    });
    return { title, state: 'empty' };
  });
  return { parts, gaps };
}

/** “Resolution Paths” and “2. Resolution” both name the part “Resolution”: all its words are there, s or none. */
function names(heading: string, title: string): boolean {
  const words = (of: string) =>
    (of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ''));
  const has = new Set(words(heading));
  return words(title).every((word) => has.has(word));
}

function blocksUnder({ blocks }: Section, heading: DocumentHeading): readonly RootContent[] {
  const from = blocks.findIndex((block) => block.position?.start.line === heading.line);
  const rest = blocks.slice(from + 1);
  const end = rest.findIndex((block) => block.type === 'heading' && block.depth <= heading.depth);
  return end < 0 ? rest : rest.slice(0, end);
}

function isWritten(block: RootContent, text: string): boolean {
  if (block.type === 'heading' || block.type === 'thematicBreak' || block.type === 'html') return false;
  const { start, end } = block.position ?? {};
  const own = text.slice(start?.offset, end?.offset);
  if (block.type === 'code') return block.value.trim() !== '';
  const left = own.split('\n').filter((line) => proseThatWaits(line, () => false).length === 0);
  return /[\p{L}\p{N}]/u.test(left.join(''));
}

/** Commands that do not parse or wait for a value, prose that waits, and links that lead nowhere. */
export function readContent(
  section: Section,
  document: DocumentRead,
  { text, path }: { readonly text: string; readonly path: string },
): { readonly gaps: readonly Gap[]; readonly parsed: number; readonly notLookedAt: number } {
  const gaps: Gap[] = [];
  let parsed = 0;
  for (const { text: commands, line } of section.commands) {
    const waits = commandsThatWait(commands);
    for (const { text: found, line: at } of waits)
      gaps.push({
        about: 'placeholder',
        line: line + at,
        what: `the command waits for ${found}`,
        way: `Ask for ${found} with \`read\`, or compute it.`,
      });
    const opened = commands.split('\n').findIndex((one) => /^ {0,3}(```|~~~)\s*\w/.test(one));
    if (opened >= 0)
      gaps.push({
        about: 'commands',
        line: line + opened,
        what: `a block begins inside the one from line ${line - 1}, which was not closed`,
        way: `Close the block from line ${line - 1} where it is to end.`,
      });
    const fault = shellFault(commands);
    if (fault === null) parsed += 1;
    else
      gaps.push({
        about: 'commands',
        line: line + fault.line - 1,
        what: `the commands do not parse: ${fault.message}`,
        way: 'Put the commands right: `bash -n` shows the same.',
      });
  }
  const links = readLinks(section, document, { text, path });
  return {
    gaps: [...gaps, ...readProse(section, text), ...links.gaps],
    parsed,
    notLookedAt: links.notLookedAt,
  };
}

function readProse({ blocks }: Section, text: string): readonly Gap[] {
  const isLink = (label: string) => text.toLowerCase().includes(`[${label.toLowerCase()}]:`);
  return leaves(blocks, text).flatMap(({ line, own }) =>
    proseThatWaits(own, isLink).map(({ text: found, line: at }) => ({
      about: 'placeholder' as const,
      line: line + at,
      what: `“${found.slice(0, 80)}” stands where text is to be`,
      way: 'Write it out.',
    })),
  );
}

function readLinks(
  { blocks }: Section,
  { anchors }: DocumentRead,
  { text, path }: { readonly text: string; readonly path: string },
): { readonly gaps: readonly Gap[]; readonly notLookedAt: number } {
  const gaps: Gap[] = [];
  let notLookedAt = 0;
  const name = path.split('/').at(-1);
  for (const { line, own } of leaves(blocks, text)) {
    for (const [index, one] of own.split('\n').entries()) {
      for (const [, target = ''] of one.replace(/`[^`]*`/g, '').matchAll(/\]\(<?([^)\s>]{1,2000})/g)) {
        const [file = '', anchor] = target.split('#');
        if (file !== '' && file !== name && file !== `./${name}`) notLookedAt += 1;
        else if (anchor !== undefined && anchor !== '' && !anchors.has(decoded(anchor)))
          gaps.push({
            about: 'link',
            line: line + index,
            what: `the link to #${anchor} leads nowhere`,
            way: `Write a heading whose anchor is #${anchor}, or put the link right.`,
          });
      }
    }
  }
  return { gaps, notLookedAt };
}

/** Paragraphs, headings, table rows and comments with their source: where prose and links stand. */
function leaves(
  blocks: readonly RootContent[],
  text: string,
): readonly { readonly line: number; readonly own: string }[] {
  return [...everyNode(blocks)].flatMap((node) => {
    const isComment = node.type === 'html' && node.value.startsWith('<!--');
    const { position } = node;
    if (!position || !(isComment || ['paragraph', 'heading', 'tableRow'].includes(node.type))) return [];
    return [{ line: position.start.line, own: text.slice(position.start.offset, position.end.offset) }];
  });
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor).toLowerCase();
  } catch {
    return anchor.toLowerCase();
  }
}
