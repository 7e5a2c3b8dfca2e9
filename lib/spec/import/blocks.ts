import {
  cellsOf,
  closesFence,
  type FenceStart,
  fenceOf,
  headingOf,
  htmlEnd,
  isDelimiter,
  isRule,
  markerOf,
  underlineOf,
} from './block-starts.ts';
import { Cursor } from './cursor.ts';

interface Placed {
  readonly line: number;
  endLine: number;
  /** Index of the list item it stands in, among the blocks; null outside of lists. */
  readonly item: number | null;
  /** Right in that list item, not in a quote inside of it. */
  readonly direct: boolean;
}

/** A block of Markdown. Lines are one-based. */
export type Block = Placed &
  (
    | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
    | { readonly kind: 'item'; readonly marker: string }
    | { readonly kind: 'text'; readonly lines: string[] }
    | { readonly kind: 'code'; readonly info: string | null; readonly lines: string[] }
    | { readonly kind: 'html'; readonly lines: string[] }
    | {
        readonly kind: 'table';
        readonly header: readonly string[];
        readonly rows: { readonly line: number; readonly cells: readonly string[] }[];
      }
    | { readonly kind: 'rule' }
  );

type Container =
  | { readonly kind: 'quote' }
  | { readonly kind: 'item'; readonly columns: number; readonly block: number; empty: boolean };

type Leaf =
  | { readonly kind: 'text'; readonly block: Extract<Block, { kind: 'text' }> }
  | { readonly kind: 'table'; readonly block: Extract<Block, { kind: 'table' }> }
  | { readonly kind: 'indented'; readonly block: Extract<Block, { kind: 'code' }> }
  | {
      readonly kind: 'fence';
      readonly block: Extract<Block, { kind: 'code' }>;
      readonly fence: FenceStart;
      readonly indent: number;
    }
  | { readonly kind: 'html'; readonly block: Extract<Block, { kind: 'html' }>; readonly end: RegExp | null };

/** Lists and quotes nested deeper than this are nobody's writing, and would make reading slow. */
const deepest = 64;
/** Blocks, and rows of tables. */
const most = 100_000;

export type Blocks =
  | { readonly ok: true; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly message: string };

/**
 * The block structure of GitHub-flavoured Markdown, line by line, in time that grows with the text alone. Inline
 * structure is left as text: it can neither make nor hide a box. Refused: a line nested over 64 deep, and over 100 000
 * blocks and rows. Algorithm:
 * CommonMark 0.31, "Appendix: A parsing strategy", phase 1; tables: GFM 4.10.
 */
export function readBlocks(lines: readonly string[]): Blocks {
  const scan = new Scan();
  for (const [index, line] of lines.entries()) {
    if (!scan.take(line, index + 1))
      return {
        ok: false,
        message: `Line ${index + 1} is nested over 64 deep, which is not read. Flatten it.`,
      };
    if (scan.blocks.length + scan.rows > most)
      return { ok: false, message: `It has over ${most} lists’ items, paragraphs and rows. Divide it.` };
  }
  return { ok: true, blocks: scan.blocks };
}

class Scan {
  readonly blocks: Block[] = [];
  rows = 0;
  readonly #containers: Container[] = [];
  #leaf: Leaf | null = null;
  #line = 0;

  take(text: string, line: number): boolean {
    this.#line = line;
    const at = new Cursor(text);
    const matched = this.#matched(at);
    const whole = matched === this.#containers.length;
    if (whole && this.#leaf && this.#takesLine(this.#leaf, at)) return true;
    return this.#open(at, matched);
  }

  /** How many of the open containers this line goes on in. */
  #matched(at: Cursor): number {
    let count = 0;
    for (const container of this.#containers) {
      if (container.kind === 'quote') {
        if (at.indent > 3 || at.char !== '>') break;
        at.skipIndent();
        at.skip(1);
        at.columns(1);
      } else if (at.blank) {
        if (container.empty) break;
        at.skipIndent();
      } else if (at.indent >= container.columns) at.columns(container.columns);
      else break;
      count += 1;
    }
    return count;
  }

  /** Lines that belong to what is open, whatever they look like. */
  #takesLine(leaf: Leaf, at: Cursor): boolean {
    if (leaf.kind === 'fence') {
      leaf.block.endLine = this.#line;
      if (at.indent <= 3 && closesFence(at.rest, leaf.fence)) this.#leaf = null;
      else {
        at.columns(Math.min(leaf.indent, at.indent));
        leaf.block.lines.push(at.raw);
      }
      return true;
    }
    if (leaf.kind === 'html') {
      if (leaf.end === null && at.blank) {
        this.#leaf = null;
        return true;
      }
      leaf.block.endLine = this.#line;
      leaf.block.lines.push(at.raw);
      if (leaf.end?.test(at.raw)) this.#leaf = null;
      return true;
    }
    if (leaf.kind === 'indented') {
      if (at.blank) return true;
      if (at.indent < 4) return false;
      at.columns(4);
      leaf.block.endLine = this.#line;
      leaf.block.lines.push(at.raw);
      return true;
    }
    if (leaf.kind === 'text' && at.indent <= 3) {
      const header = leaf.block.lines.at(-1) ?? '';
      if (isDelimiter(at.rest, header)) return this.#beginTable(leaf.block, header);
    }
    return false;
  }

  #beginTable(text: Extract<Block, { kind: 'text' }>, header: string): true {
    const { item, direct } = text;
    const line = text.endLine;
    text.lines.pop();
    text.endLine -= 1;
    if (text.lines.length === 0) this.blocks.splice(this.blocks.indexOf(text, -1), 1);
    const block: Block = {
      kind: 'table',
      line,
      endLine: this.#line,
      item,
      direct,
      header: cellsOf(header),
      rows: [],
    };
    this.blocks.push(block);
    this.#leaf = { kind: 'table', block };
    return true;
  }

  /** New containers and then a leaf. False when it is nested too deeply. */
  #open(at: Cursor, matched: number): boolean {
    let kept = matched;
    let opened = false;
    const close = (): void => {
      if (!opened && kept < this.#containers.length) {
        this.#containers.length = kept;
        this.#leaf = null;
      }
      opened = true;
    };
    const whole = (): boolean => opened || kept === this.#containers.length;
    for (;;) {
      if (at.blank) break;
      const inText = this.#leaf?.kind === 'text';
      if (at.indent >= 4) {
        if (inText) break;
        close();
        at.columns(4);
        this.#beginCode(at, null, 0);
        return true;
      }
      const { rest } = at;
      if (rest[0] === '>') {
        close();
        at.skipIndent();
        at.skip(1);
        at.columns(1);
        this.#leaf = null;
        this.#touch();
        this.#containers.push({ kind: 'quote' });
      } else if (this.#beginsLeaf(at, rest, inText, whole(), close)) return true;
      else {
        const marker = markerOf(rest);
        if (marker === null || (inText && whole() && !mayInterrupt(marker, rest))) break;
        close();
        this.#beginItem(at, marker);
      }
      kept = this.#containers.length;
      if (kept > deepest) return false;
    }
    this.#takeText(at, kept, opened);
    return true;
  }

  #beginsLeaf(at: Cursor, rest: string, inText: boolean, whole: boolean, close: () => void): boolean {
    const heading = headingOf(rest);
    if (heading) {
      close();
      this.#leaf = null;
      this.#add({ kind: 'heading', ...heading, ...this.#placed() });
      return true;
    }
    const fence = fenceOf(rest);
    if (fence) {
      close();
      this.#beginCode(at, fence, at.indent);
      return true;
    }
    const end = htmlEnd(rest, inText);
    if (end !== undefined) {
      close();
      const block: Block = { kind: 'html', lines: [at.raw], ...this.#placed() };
      this.#add(block);
      this.#leaf = end?.test(rest) ? null : { kind: 'html', block, end };
      return true;
    }
    const underline = whole && inText ? underlineOf(rest) : null;
    if (underline !== null && this.#leaf?.kind === 'text') {
      const { block } = this.#leaf;
      const text = block.lines.join(' ').trim();
      const { line, item, direct } = block;
      this.blocks[this.blocks.length - 1] = {
        kind: 'heading',
        depth: underline,
        text,
        line,
        endLine: this.#line,
        item,
        direct,
      };
      this.#leaf = null;
      return true;
    }
    if (!isRule(rest)) return false;
    close();
    this.#leaf = null;
    this.#add({ kind: 'rule', ...this.#placed() });
    return true;
  }

  #beginItem(at: Cursor, marker: string): void {
    const offset = at.indent;
    at.skipIndent();
    at.skip(marker.length);
    const { blank, indent } = at;
    const spaces = blank || indent > 4 ? 1 : indent;
    at.columns(spaces);
    this.#leaf = null;
    const block: Block = { kind: 'item', marker, ...this.#placed() };
    this.#add(block);
    const columns = offset + marker.length + spaces;
    this.#containers.push({ kind: 'item', columns, block: this.blocks.length - 1, empty: true });
  }

  #beginCode(at: Cursor, fence: FenceStart | null, indent: number): void {
    const lines = fence ? [] : [at.raw];
    const block: Block = { kind: 'code', info: fence?.info ?? null, lines, ...this.#placed() };
    this.#add(block);
    this.#leaf = fence ? { kind: 'fence', block, fence, indent } : { kind: 'indented', block };
  }

  #takeText(at: Cursor, kept: number, opened: boolean): void {
    const leaf = this.#leaf;
    const whole = opened || kept === this.#containers.length;
    if (!at.blank && leaf?.kind === 'text') {
      // A line that goes on in a paragraph needs none of the signs of what the paragraph stands in.
      leaf.block.lines.push(at.rest);
      leaf.block.endLine = this.#line;
      return;
    }
    if (!whole) {
      this.#containers.length = kept;
      this.#leaf = null;
    }
    if (at.blank) {
      if (this.#leaf?.kind !== 'indented') this.#leaf = null;
      return;
    }
    if (this.#leaf?.kind === 'table') {
      this.rows += 1;
      this.#leaf.block.rows.push({ line: this.#line, cells: cellsOf(at.rest) });
      this.#leaf.block.endLine = this.#line;
      return;
    }
    const block: Block = { kind: 'text', lines: [at.rest], ...this.#placed() };
    this.#add(block);
    this.#leaf = { kind: 'text', block };
  }

  #add(block: Block): void {
    this.#touch();
    this.blocks.push(block);
  }

  /** The innermost container has something in it now. */
  #touch(): void {
    const innermost = this.#containers.at(-1);
    if (innermost?.kind === 'item') innermost.empty = false;
  }

  #placed(): Placed {
    const item = this.#containers.findLast((one) => one.kind === 'item');
    const direct = this.#containers.at(-1)?.kind === 'item';
    return { line: this.#line, endLine: this.#line, item: item?.block ?? null, direct };
  }
}

/** Inside a paragraph only a list that begins with 1, and an item with something in it, is one. */
function mayInterrupt(marker: string, rest: string): boolean {
  if (rest.slice(marker.length).trim() === '') return false;
  return marker.length === 1 || Number.parseInt(marker, 10) === 1;
}
