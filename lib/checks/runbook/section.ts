import type { Heading, Nodes, Root, RootContent } from 'mdast';
import { anchorsOf } from '#lib/domain/anchor.ts';
import { isSection, plainText, withoutMarks } from '../markdown-blocks.ts';

/** A fenced block of shell commands. */
export interface CommandBlock {
  readonly text: string;
  /** One-based line of the document on which its first command stands. */
  readonly line: number;
}

export interface DocumentHeading {
  readonly text: string;
  readonly depth: number;
  readonly line: number;
  readonly anchor: string;
}

/** One runbook in a document: its heading, and the blocks from there to the next heading of its rank or higher. */
export interface Section {
  readonly heading: DocumentHeading;
  readonly headings: readonly DocumentHeading[];
  readonly blocks: readonly RootContent[];
  readonly commands: readonly CommandBlock[];
}

export interface DocumentRead {
  readonly headings: readonly DocumentHeading[];
  /** Anchors that links may lead to: those of headings, and what HTML in it names. */
  readonly anchors: ReadonlySet<string>;
  /** Sections of the title that was asked for, in order; more than one is ambiguous. */
  readonly sections: readonly Section[];
}

/** What a document holds under a title, or under the `#anchor` of a link. Headings in code fences, comments and quotes are none. */
export function readSections(root: Root, title: string): DocumentRead {
  const places = root.children.flatMap((block, index) =>
    block.type === 'heading' ? [{ block, index }] : [],
  );
  const anchors = anchorsOf(places.map(({ block }) => plainText(block)));
  const headings = places.map(({ block }, index) => headingOf(block, anchors[index] ?? ''));
  const sections = places.flatMap(({ block, index }, at): readonly Section[] => {
    const heading = headings[at];
    if (!heading || !isSection(heading, withoutMarks(title))) return [];
    const end = places.find((next) => next.index > index && next.block.depth <= block.depth)?.index;
    const blocks = root.children.slice(index + 1, end);
    const own = headings.filter(
      (_, other) => other > at && (end === undefined || (places[other]?.index ?? 0) < end),
    );
    return [{ heading, headings: own, blocks, commands: commandBlocks(blocks) }];
  });
  return { headings, anchors: new Set([...anchors, ...namedInHtml(root)]), sections };
}

function headingOf(block: Heading, anchor: string): DocumentHeading {
  return { text: plainText(block), depth: block.depth, line: block.position?.start.line ?? 0, anchor };
}

/** Whether a fenced block of this language holds shell commands. */
export function isShell(language: string | null | undefined): boolean {
  return /^(bash|sh|shell|zsh)$/i.test(language ?? '');
}

/** Blocks of shell commands, those in lists and quotes too, in the document's order. */
export function commandBlocks(blocks: readonly RootContent[]): readonly CommandBlock[] {
  const found: CommandBlock[] = [];
  for (const node of everyNode(blocks)) {
    if (node.type === 'code' && isShell(node.lang))
      found.push({ text: node.value, line: (node.position?.start.line ?? 0) + 1 });
  }
  return found;
}

/** Nodes in the document's order, parents first. */
export function* everyNode(blocks: readonly Nodes[]): Generator<Nodes> {
  const waiting: Nodes[] = [...blocks].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if ('children' in node) waiting.push(...[...node.children].reverse());
  }
}

function namedInHtml(root: Root): readonly string[] {
  return [...everyNode(root.children)].flatMap((node) =>
    node.type === 'html'
      ? [...node.value.matchAll(/\s(?:id|name)=["']?([^\s"'>]{1,200})/g)].map(([, name = '']) => name)
      : [],
  );
}
