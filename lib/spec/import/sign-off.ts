import { plain } from './wording.ts';

/** Somebody who is to sign, as a document's sign-off names them. */
export interface Signer {
  /** As written: a role, or what is stated. */
  readonly title: string;
  readonly line: number;
  /** The name written beside it; null for a blank line. */
  readonly name: string | null;
}

const blankLine = /^(?:[-*+] )?(?:\[[ xX]\] )?(.{2,120}?) ?:? ?(?:_{3,}|\.{5,})/;
const dated = /^(?:[-*+] )?([^:]{2,120}): ?(.{0,200}?)[ |,]{0,9}\bDate ?:/i;
const notRole = /^(?:date|name|signature|signed|sign|approved by|by|e-?mail|title|notes?|comments?)\W*$/i;

/** A signature's line: a role and a blank, or a role, a name and a date. */
export function signerOf(text: string, line: number): Signer | null {
  if (!/_{3}|\.{5}|\bdate\b/i.test(text)) return null;
  const told = text.slice(0, 500).replace(/\s+/g, ' ');
  const blank = blankLine.exec(told);
  if (blank?.[1]) return signer(blank[1], null, line);
  const filled = dated.exec(told);
  return filled?.[1] ? signer(filled[1], plain(filled[2] ?? '') || null, line) : null;
}

function signer(written: string, name: string | null, line: number): Signer | null {
  const title = plain(written.replace(/:\s*$/, '')).replace(/[:\s]+$/, '');
  if (title.length < 2 || !/\p{L}/u.test(title) || notRole.test(title)) return null;
  return { title, line, name };
}

/** Which columns of a table hold the role and the name, where it is a table of signatures. */
export function signerColumns(
  header: readonly string[],
): { readonly role: number; readonly name: number } | null {
  const titles = header.map((cell) => plain(cell).toLowerCase());
  const role = titles.findIndex((title) => /^(role|team|function|approver|responsible|area)$/.test(title));
  const signs = titles.some((title) =>
    /^(signature|signed|sign-?off|date|approv(?:ed|al)|go ?\/ ?no-?go|lgtm|vote)\b/.test(title),
  );
  if (role < 0 || !signs) return null;
  return { role, name: titles.findIndex((title) => /^(name|person|who|signatory)$/.test(title)) };
}
