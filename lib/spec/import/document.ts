import type { ChecklistEntry, ChecklistSection, NotUnderstood } from '#lib/domain/checklist.ts';
import { type Block, readBlocks } from './blocks.ts';
import { type PanelBlock, tellsPanels } from './drafted-dashboards.ts';
import { frontMatter } from './front-matter.ts';
import { linesOf } from './lines.ts';
import { bulletMark, headingMark, looksLikeBox } from './marks.ts';
import { bareFile } from './named-files.ts';
import { type Signer, signerColumns, signerOf } from './sign-off.ts';
import { tableEntries } from './table.ts';
import { cut, plain, seen } from './wording.ts';

export interface Section extends ChecklistSection {
  /** The heading's words behind its mark. */
  readonly claimText: string;
}

export interface Entry extends ChecklistEntry {
  /** As written, with Markdown's signs. */
  readonly written: string;
}

/** Commands that are to prove a section. */
export interface Verification {
  readonly section: number | null;
  /** Of its first command. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** A Markdown checklist, read. Every line that is not empty is in `kept` or under `notUnderstood`. */
export interface ChecklistDocument {
  readonly sections: readonly Section[];
  readonly entries: readonly Entry[];
  readonly verifications: readonly Verification[];
  /** `**File**: path` and the like. */
  readonly named: readonly {
    readonly section: number | null;
    readonly line: number;
    readonly text: string;
  }[];
  /** Blocks of JSON that tell a dashboard's panels. They are listed as well. */
  readonly panelBlocks: readonly PanelBlock[];
  readonly signers: readonly Signer[];
  /** What orders others: a table's header, a group of signatures. Worth a comment. */
  readonly captions: readonly { readonly line: number; readonly text: string }[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** Numbers of the lines that became something, or divide what did. */
  readonly kept: ReadonlySet<number>;
}

export type DocumentRead =
  | { readonly ok: true; readonly document: ChecklistDocument }
  | { readonly ok: false; readonly message: string };

/** Reads a Markdown checklist, in time that grows with its length alone. */
export function readDocument(text: string): DocumentRead {
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const front = frontMatter(lines.lines);
  const read = readBlocks(lines.lines.map((line, index) => (index < front ? '' : line)));
  if (!read.ok) return read;
  const reader = new Reader(lines.lines, read.blocks, front);
  if (reader.read()) return { ok: true, document: reader };
  return {
    ok: false,
    message: `It has over ${most} boxes and marks, or headings: a checklist that long is nobody’s. Divide it.`,
  };
}

const verifies =
  /^\W*(?:verification|verify|verified by|validation|validate|check|checks|how to (?:verify|check)|run)\b[^:]{0,60}:?\W*$/i;
const verifyTitle = /\b(?:verification|verify|validation)\b/i;
const asks = /\bcargo test\b|\bcurl\b|\/api\/v1\/query|\bprom\w*query\b|\bpromtool query\b/;
const contents = /^(?:table of )?contents?$|^toc$/i;
const names = /^\W*(?:files?|paths?|dashboards?|runbooks?|workflows?|docs?|documents?)\W*:/i;
const boxInHtml = /(?:^|>)\s*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s|<input\b[^>]{0,200}\bcheckbox\b/i;
/** Boxes and marks, and headings, of one document. */
const most = 10_000;
/** Lines of commands of one document; what is over is listed as code. */
const mostCommands = 5000;
/** Blocks of panels of one document. */
const mostPanelBlocks = 50;
const signTitle = /sign[- ]?offs?|signatures?|approvals?/i;

class Reader implements ChecklistDocument {
  readonly sections: Section[] = [];
  readonly entries: Entry[] = [];
  readonly verifications: Verification[] = [];
  readonly named: { section: number | null; line: number; text: string }[] = [];
  readonly panelBlocks: PanelBlock[] = [];
  readonly signers: Signer[] = [];
  readonly captions: { line: number; text: string }[] = [];
  readonly notUnderstood: NotUnderstood[] = [];
  readonly kept = new Set<number>();
  readonly #lines: readonly string[];
  readonly #blocks: readonly Block[];
  /** Blocks of list items that are entries, with the entry's index. */
  readonly #entryOf = new Map<number, number>();
  #section: number | null = null;
  /** Lines of commands so far. */
  #commands = 0;
  /** After a label such as `Verification:`. */
  #verifying = false;

  constructor(lines: readonly string[], blocks: readonly Block[], front: number) {
    this.#lines = lines;
    this.#blocks = blocks;
    if (front > 0) this.#list({ line: 1, endLine: front }, 'front matter');
  }

  /** False when there is more in it than is read. */
  read(): boolean {
    for (let index = 0; index < this.#blocks.length; index += 1) {
      if (this.entries.length > most || this.sections.length > most) return false;
      const block = this.#blocks[index];
      if (block?.kind === 'item') {
        const next = this.#blocks[index + 1];
        const text = next?.kind === 'text' && next.item === index && next.direct ? next : null;
        if (this.#item(block, index, text)) index += 1;
      } else if (block?.kind === 'table' && block.rows.length > most) return false;
      else if (block) this.#block(block);
    }
    this.#listRest();
    return this.entries.length <= most;
  }

  #block(block: Exclude<Block, { kind: 'item' }>): void {
    if (block.kind === 'heading') this.#heading(block);
    else if (block.kind === 'rule') this.#keep(block.line, block.line);
    else if (block.kind === 'text') this.#text(block);
    else if (block.kind === 'code') this.#code(block);
    else if (block.kind === 'table') this.#table(block);
    else this.#html(block);
  }

  /** A comment is one thing; in other HTML each line that is written like a box is told of by itself. */
  #html(block: Extract<Block, { kind: 'html' }>): void {
    if (block.lines[0]?.startsWith('<!--')) {
      this.#list(block, 'a comment');
      return;
    }
    let from = block.line;
    for (const [index, text] of block.lines.entries()) {
      const at = block.line + index;
      if (!boxInHtml.test(text.slice(0, 2000))) continue;
      if (from < at) this.#list({ line: from, endLine: at - 1 }, 'HTML');
      this.#list({ line: at, endLine: at }, 'a box in HTML, which GitHub does not draw as one');
      from = at + 1;
    }
    if (from <= block.endLine) this.#list({ line: from, endLine: block.endLine }, 'HTML');
  }

  #heading(block: Extract<Block, { kind: 'heading' }>): void {
    const mark = headingMark(block.text);
    let parent = this.#section;
    while (parent !== null && (this.sections[parent]?.depth ?? 0) >= block.depth)
      parent = this.sections[parent]?.parent ?? null;
    this.sections.push({
      title: cut(plain(mark?.rest ?? block.text), 1000),
      depth: block.depth,
      line: block.line,
      parent,
      claim: mark ? (mark.done ? 'done' : 'open') : null,
      claimText: cut(plain(mark?.claim ?? ''), 1000),
    });
    this.#section = this.sections.length - 1;
    this.#verifying = verifyTitle.test(block.text) || this.#within(verifyTitle);
    this.#keep(block.line, block.endLine);
  }

  /** Whether a section around has such a title. */
  #within(title: RegExp): boolean {
    for (let at = this.#section; at !== null; at = this.sections[at]?.parent ?? null)
      if (title.test(this.sections[at]?.title ?? '')) return true;
    return false;
  }

  get #title(): string {
    return this.#section === null ? '' : (this.sections[this.#section]?.title ?? '');
  }

  /** True when the text after the marker was taken with it. */
  #item(
    block: Extract<Block, { kind: 'item' }>,
    index: number,
    text: Extract<Block, { kind: 'text' }> | null,
  ): boolean {
    if (text === null) {
      // A marker that stands alone on its line says nothing; one before a block stands on that block's line.
      if (this.#lines[block.line - 1]?.replace(/^[\s>]*/, '').trim() === block.marker)
        this.#keep(block.line, block.line);
      return false;
    }
    const own = ownLines(text.lines);
    const written = text.lines.slice(0, own).join('\n');
    const endLine = text.line + own - 1;
    // GitHub draws a box only on the marker's own line.
    const box = text.line === block.line ? /^\[([ \txX])\](?=\s+\S)\s+/.exec(written) : null;
    const mark = box ? null : bulletMark(written);
    const signer = signerOf(text.lines[0] ?? '', block.line);
    if (signer && (signTitle.test(this.#title) || /_{3,}/.test(written))) this.signers.push(signer);
    if (box || mark) {
      this.#verifying = false;
      this.#entryOf.set(index, this.entries.length);
      const rest = box ? written.slice(box[0].length) : (mark?.rest ?? '');
      const done = box ? box[1] === 'x' || box[1] === 'X' : (mark?.done ?? false);
      this.#entry(box ? 'box' : 'mark', done, rest, { line: block.line, endLine }, block.item);
    } else if (looksLikeBox(written))
      this.#list({ line: block.line, endLine }, 'looks like a box, and is none on GitHub');
    else if (signer && this.signers.at(-1) === signer) this.#keep(block.line, endLine);
    else if (isContentsLink(written) && (contents.test(this.#title) || this.#section === null))
      this.#keep(block.line, endLine);
    else this.#list({ line: block.line, endLine }, 'a bullet without a box');
    for (let at = endLine + 1; at <= text.endLine; at += 1)
      this.#list({ line: at, endLine: at }, 'looks like a box, and is none on GitHub');
    return true;
  }

  #entry(
    kind: Entry['kind'],
    done: boolean,
    written: string,
    { line, endLine }: { readonly line: number; readonly endLine: number },
    item: number | null,
  ): void {
    const parent = this.#enclosing(item);
    const text = cut(plain(written), 1000) || cut(seen(written), 1000) || '(nothing that can be read)';
    this.entries.push({ kind, done, text, written, line, endLine, parent, section: this.#section });
    this.#keep(line, endLine);
  }

  /** The entry of the nearest list item around that is one. */
  #enclosing(item: number | null): number | null {
    for (let at = item; at !== null; at = this.#blocks[at]?.item ?? null) {
      const entry = this.#entryOf.get(at);
      if (entry !== undefined) return entry;
    }
    return null;
  }

  #text(block: Extract<Block, { kind: 'text' }>): void {
    const [first = ''] = block.lines;
    if (block.lines.length === 1 && verifies.test(first)) {
      this.#verifying = true;
      this.#keep(block.line, block.line);
      return;
    }
    const signs = this.#signatures(block.lines, block.line);
    for (const [index, line] of block.lines.entries()) {
      const at = block.line + index;
      if (signs || line.trim() === '') continue;
      if (names.test(line) && (/`|\]\(/.test(line) || bareFile(line) !== null)) {
        this.named.push({ section: this.#section, line: at, text: line });
        this.#keep(at, at);
      } else if (looksLikeBox(line))
        this.#list({ line: at, endLine: at }, 'looks like a box, and is none on GitHub');
      else if (boxInHtml.test(line.slice(0, 2000)))
        this.#list({ line: at, endLine: at }, 'a box in HTML, which GitHub does not draw as one');
      else this.#list({ line: at, endLine: at }, 'text');
    }
  }

  #code(block: Extract<Block, { kind: 'code' }>): void {
    const first = block.line + (block.info === null ? 0 : 1);
    const commands = block.lines.join('\n');
    const shell = block.info === null || /^(?:|bash|sh|shell|zsh|console|text|promql)$/i.test(block.info);
    if (this.#signatures(block.lines, first)) this.#keepFence(block);
    else if (
      shell &&
      (this.#verifying || asks.test(commands)) &&
      this.#commands + block.lines.length <= mostCommands
    ) {
      this.#commands += block.lines.length;
      this.verifications.push({ section: this.#section, line: first, lines: block.lines });
      this.#keep(block.line, block.endLine);
    } else {
      if (this.panelBlocks.length < mostPanelBlocks && tellsPanels(commands))
        this.panelBlocks.push({ section: this.#section, line: block.line, text: commands });
      this.#list(block, 'code');
    }
  }

  /** Takes a block of signature lines, if it is one; its other lines are captions. */
  #signatures(lines: readonly string[], first: number): boolean {
    const found = lines.map((line, index) => signerOf(line.trim(), first + index));
    const blank = lines.some((line, index) => found[index] && /_{3,}/.test(line));
    if (!blank && !(signTitle.test(this.#title) && found.some((one) => one !== null))) return false;
    for (const [index, line] of lines.entries()) {
      const signer = found[index];
      if (signer) this.signers.push(signer);
      else if (line.trim() !== '') this.captions.push({ line: first + index, text: seen(line) });
      this.#keep(first + index, first + index);
    }
    return true;
  }

  #keepFence({ info, line, endLine }: Extract<Block, { kind: 'code' }>): void {
    if (info === null) return;
    this.#keep(line, line);
    this.#keep(endLine, endLine);
  }

  #table(block: Extract<Block, { kind: 'table' }>): void {
    const columns = signerColumns(block.header);
    const entries = columns ? null : tableEntries(block);
    if (!columns && !entries) {
      this.#list(block, 'a table');
      return;
    }
    this.captions.push({ line: block.line, text: seen(block.header.join(' | ')) });
    this.#keep(block.line, block.line + 1);
    const done = new Set<number>();
    for (const entry of entries ?? []) {
      this.#entry(entry.kind, entry.done, entry.text, { line: entry.line, endLine: entry.line }, block.item);
      done.add(entry.line);
    }
    for (const { line, cells } of block.rows) {
      const role = columns ? plain(cells[columns.role] ?? '') : '';
      if (columns && role !== '') {
        this.signers.push({ title: role, line, name: plain(cells[columns.name] ?? '') || null });
        this.#keep(line, line);
      } else if (!done.has(line)) this.#list({ line, endLine: line }, 'a row of a table');
    }
  }

  #keep(line: number, endLine: number): void {
    for (let at = line; at <= endLine; at += 1) this.kept.add(at);
  }

  #list({ line, endLine }: { readonly line: number; readonly endLine: number }, what: string): void {
    const last = this.notUnderstood.at(-1);
    if (last?.what === 'text' && what === 'text' && last.endLine === line - 1)
      this.notUnderstood[this.notUnderstood.length - 1] = { ...last, endLine };
    else {
      const text = cut(seen(this.#lines[line - 1]?.slice(0, 1000) ?? ''), 120);
      this.notUnderstood.push({ line, endLine, what, text });
    }
  }

  /** Lines that came into no block: what is left of quotes' signs, and whatever this reader does not know. */
  #listRest(): void {
    const listed = new Set<number>();
    for (const { line, endLine } of this.notUnderstood)
      for (let at = line; at <= endLine; at += 1) listed.add(at);
    for (const [index, line] of this.#lines.entries()) {
      const at = index + 1;
      if (this.kept.has(at) || listed.has(at) || line.trim() === '') continue;
      if (/^[\s>]*$/.test(line)) this.kept.add(at);
      else this.#list({ line: at, endLine: at }, 'text');
    }
    this.notUnderstood.sort((one, other) => one.line - other.line);
  }
}

function isContentsLink(written: string): boolean {
  return /^\[[^[\]]{1,500}\]\(#[^()\s]*\)\s*$/.test(written);
}

/**
 * How many lines of a bullet's text are its own: one written like a box begins something that no reader draws. A box
 * with nothing behind it takes the next line in any case, which is what makes it a box.
 */
function ownLines(lines: readonly string[]): number {
  const first = /^\[[ \txX]\]\s*$/.test(lines[0] ?? '') ? 2 : 1;
  const next = lines.findIndex(
    (line, index) => index >= first && (looksLikeBox(line) || /^[☐☑☒]/u.test(line)),
  );
  return next < 0 ? lines.length : next;
}
