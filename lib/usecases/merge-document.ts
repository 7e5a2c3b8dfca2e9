import { align } from '#lib/checks/kit-file/align.ts';
import { sectionPieces } from '#lib/checks/kit-file/section-pieces.ts';
import { type DocumentSection, sectionOf, sectionsOf } from '#lib/checks/markdown-sections.ts';

/** A document with the kit's sections in it, and what was done to have them there. */
export type MergedDocument =
  | {
      readonly ok: true;
      readonly text: string;
      /** Titles of sections that stood there and said something else. */
      readonly replaced: readonly string[];
      /** Titles of sections that were not there, and stand at its end now. */
      readonly appended: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** The rank of the headings under which the kit's sections stand in its documents. */
const kitDepth = 2;
/** One that writes, one for what went with another, and one that finds all in its place. */
const mostRounds = 3;

/**
 * Puts the kit's sections into a document of the repository: each in place of the first of its title, at that one's
 * rank, or at the end. Sections that say the same already and all other text stay byte for byte. Pure.
 */
export function mergeDocument(kit: string, there: string): MergedDocument {
  if (there.trim() === '') return { ok: true, text: kit, replaced: [], appended: [] };
  const wanted = sectionsOf(kit);
  if (!wanted.ok) return { ok: false, message: `of the kit’s own text ${wanted.message}` };
  const replaced = new Set<string>();
  const appended = new Set<string>();
  const wantedIn = wanted.sections.filter(({ depth }) => depth === kitDepth);
  let text = there;
  // A section that stood inside another of the kit's goes with that one, and is missed by the next round.
  for (let round = 1; round <= mostRounds; round += 1) {
    const read = sectionsOf(text);
    if (!read.ok) return read;
    const edits = wantedIn.flatMap((section) => editOf(section, read.sections));
    if (edits.length === 0) return { ok: true, text, replaced: [...replaced], appended: [...appended] };
    if (edits.some(({ section, old }) => old === null && appended.has(section.title))) break;
    const bodyOf = ({ section, old }: Edit) => {
      const within = wanted.sections.filter(({ start }) => start >= section.start && start < section.end);
      const body = atRank(kit, section, within, old?.depth ?? kitDepth);
      return body.replaceAll('\n', lineEnd(there));
    };
    let end = text.length;
    for (const edit of edits.toSorted((one, other) => (other.old?.end ?? 0) - (one.old?.end ?? 0))) {
      const { section, old } = edit;
      if (old === null || old.end > end) continue;
      text = `${text.slice(0, old.start)}${bodyOf(edit)}${text.slice(old.end)}`;
      end = old.start;
      replaced.add(section.title);
    }
    for (const edit of edits.filter(({ old }) => old === null)) {
      text = `${atEnd(text)}${bodyOf(edit)}${lineEnd(there)}`;
      appended.add(edit.section.title);
    }
  }
  const message =
    'the kit’s sections find no place in it; see that its code blocks, comments and HTML are closed';
  return { ok: false, message };
}

interface Edit {
  readonly section: DocumentSection;
  /** What stands there now; null for a section that is not there. */
  readonly old: DocumentSection | null;
}

function editOf(section: DocumentSection, there: readonly DocumentSection[]): readonly Edit[] {
  const old = sectionOf(there, section.title);
  const isSame = old && align(sectionPieces(section), sectionPieces(old))?.length === 0;
  return isSame ? [] : [{ section, old }];
}

/** A section's text with its headings as many ranks higher or lower as it stands. */
function atRank(
  kit: string,
  { start, end }: DocumentSection,
  headings: readonly DocumentSection[],
  depth: number,
): string {
  return headings.toReversed().reduce(
    (text, { start: at, depth: rank }) => {
      const from = at - start;
      return `${text.slice(0, from)}${'#'.repeat(rank + depth - kitDepth)}${text.slice(from + rank)}`;
    },
    kit.slice(start, end),
  );
}

/** A text that a section can follow: its last line ended, and an empty line after it. */
function atEnd(text: string): string {
  const end = lineEnd(text);
  const ended = text.endsWith('\n') ? text : `${text}${end}`;
  return /\n[ \t]*\r?\n$/.test(ended) ? ended : `${ended}${end}`;
}

/** How the lines of a document end, by its first. */
function lineEnd(text: string): '\r\n' | '\n' {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}
