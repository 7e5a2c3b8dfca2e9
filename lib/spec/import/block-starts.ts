/** Lines that begin a block. Rules: CommonMark 0.31, "Leaf blocks" and "Container blocks"; tables: GFM 4.10. */

const rule = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const delimiter = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

export function isRule(rest: string): boolean {
  return rule.test(rest);
}

/** A heading's depth and text; null when it is none. */
export function headingOf(rest: string): { readonly depth: number; readonly text: string } | null {
  const marks = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0];
  if (marks === undefined) return null;
  const text = rest.slice(marks.length).trim();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  const closed = text.slice(0, end);
  const bare = closed === '' || /[ \t]$/.test(closed) ? closed.trim() : text;
  return { depth: marks.length, text: bare };
}

export interface FenceStart {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

/** A code fence that opens; null when it is none. */
export function fenceOf(rest: string): FenceStart | null {
  const run = /^(?:`{3,}|~{3,})/.exec(rest)?.[0];
  if (run === undefined) return null;
  const info = rest.slice(run.length);
  if (run[0] === '`' && info.includes('`')) return null;
  return { mark: run[0] ?? '`', length: run.length, info: info.trim() };
}

export function closesFence(rest: string, { mark, length }: FenceStart): boolean {
  const run = /^(?:`+|~+)(?=[ \t]*$)/.exec(rest)?.[0];
  return run !== undefined && run[0] === mark && run.length >= length;
}

/** Depth of the heading that a line of `=` or `-` makes of the paragraph above it. */
export function underlineOf(rest: string): 1 | 2 | null {
  if (/^=+[ \t]*$/.test(rest)) return 1;
  return /^-+[ \t]*$/.test(rest) ? 2 : null;
}

/** A list item's marker as written; null when it is none. After it stands a space, a tab or nothing. */
export function markerOf(rest: string): string | null {
  return /^(?:[*+-]|\d{1,9}[.)])(?=[ \t]|$)/.exec(rest)?.[0] ?? null;
}

const blockTags =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';
const html: readonly (readonly [start: RegExp, end: RegExp | null])[] = [
  [/^<(?:script|pre|textarea|style)(?:[\s>]|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^</?(?:${blockTags})(?:[ \\t]|/?>|$)`, 'i'), null],
];
const anyTag =
  /^(?:<[A-Za-z][A-Za-z0-9-]*(?:[ \t]+[A-Za-z_:][A-Za-z0-9_.:-]*(?:[ \t]*=[ \t]*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*[ \t]*\/?>|<\/[A-Za-z][A-Za-z0-9-]*[ \t]*>)[ \t]*$/;

/** What ends the HTML block that begins here: a pattern, or null for an empty line; undefined when none begins. */
export function htmlEnd(rest: string, interrupts: boolean): RegExp | null | undefined {
  if (rest[0] !== '<') return undefined;
  const kind = html.find(([start]) => start.test(rest));
  if (kind) return kind[1];
  return !interrupts && rest.length < 10_000 && anyTag.test(rest) ? null : undefined;
}

/** Cells of a table's row, without the bars. A bar after a backslash is text. */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let start = 0;
  for (let at = 0; at < row.length; at += 1) {
    if (row[at] === '\\') at += 1;
    else if (row[at] === '|') {
      cells.push(row.slice(start, at).trim());
      start = at + 1;
    }
  }
  cells.push(row.slice(start).trim());
  if (cells.length > 1 && cells[0] === '') cells.shift();
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells;
}

/** Whether a line below this row makes it a table's header. */
export function isDelimiter(rest: string, header: string): boolean {
  if (!delimiter.test(rest) || !/[|:]/.test(rest)) return false;
  return cellsOf(rest).length === cellsOf(header).length;
}
