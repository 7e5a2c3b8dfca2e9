import type { Spec } from '#lib/domain/spec.ts';
import type { Entry, Section } from './document.ts';
import type { Earlier, EntryIds } from './ids.ts';
import { cut, plain } from './wording.ts';
import { beforeHeadings } from './write-draft.ts';

const sectionLine = /^\s*# (#{1,6})(?: (.*?))?(?: \[[^[\]]*\])? \(line (\d+)\)\s*$/;
const entryLine = /^\s*# ( *)\[([ x])\] (?:(.*) )?\(line (\d+)\)\s*$/;

interface Found {
  readonly depth: number;
  readonly done: boolean;
  readonly text: string;
  readonly line: number;
  readonly section: number | null;
}

/**
 * The checklist that an earlier draft was made of, as its comments tell it, with the ids that stand below them. What has
 * no such comment any more is known by its title, or a part by its statement. `text` is the draft that `spec` was read from.
 */
export function earlierDraft(text: string, spec: Spec): Earlier {
  const lines = text.split(/\r\n|\n|\r/);
  const sections: Section[] = [];
  const found = foundIn(lines, sections);
  const entries: Entry[] = [];
  const ids: EntryIds[] = [];
  const tracks = new Map<string, string>();
  const otherIds = new Set<string>();
  const above = (line: number): Found | null => {
    for (let at = line - 1; at > 0 && /^\s*(?:#|$)/.test(lines[at - 1] ?? ''); at -= 1) {
      const one = found.get(at);
      if (one) return one;
    }
    return null;
  };
  const add = (one: Found, parent: number | null, own: EntryIds): number => {
    const { done, text: said, line, section } = one;
    entries.push({ kind: 'box', done, text: said, written: said, line, endLine: line, parent, section });
    ids.push(own);
    return entries.length - 1;
  };
  for (const track of spec.tracks)
    for (const item of track.items) {
      const at = above(item.line);
      tracks.set(item.id, track.id);
      const unmarked = isOfNoBox(lines, item.line) || /(?:^|-)verification(?:-\d+)?$/.test(item.id);
      if (!at && unmarked) {
        otherIds.add(item.id);
        continue;
      }
      const top = add(
        (at?.text === '' ? { ...at, text: item.title } : at) ?? {
          depth: 0,
          done: false,
          text: item.title,
          line: item.line,
          section: null,
        },
        null,
        {
          item: item.id,
          check: null,
        },
      );
      const open: number[] = [top];
      for (const check of item.checks) {
        const part = above(check.line);
        if (!part || part.depth === 0) continue;
        open.length = Math.min(open.length, part.depth);
        const statement = check.parameters.statement;
        const text = part.text === '' && typeof statement === 'string' ? statement : part.text;
        open.push(add({ ...part, text }, open.at(-1) ?? top, { item: item.id, check: check.id }));
      }
    }
  return { entries, sections, ids, tracks, otherIds };
}

/** Whether the comment above an item names a line and no box: it came from commands or a document's own words. */
function isOfNoBox(lines: readonly string[], line: number): boolean {
  for (let at = line - 1; at > 0 && /^\s*#/.test(lines[at - 1] ?? ''); at -= 1)
    if (/^\s*# \(line \d+\)\s*$/.test(lines[at - 1] ?? '')) return true;
  return false;
}

/** Comments of entries by their line in the draft, each with the section that stands above it. */
function foundIn(lines: readonly string[], sections: Section[]): ReadonlyMap<number, Found> {
  const found = new Map<number, Found>();
  let section: number | null = null;
  for (const [index, text] of lines.entries()) {
    if (text.trim() === `# ${beforeHeadings}`) section = null;
    const heading = sectionLine.exec(text);
    if (heading) {
      const depth = heading[1]?.length ?? 1;
      let parent = section;
      while (parent !== null && (sections[parent]?.depth ?? 0) >= depth)
        parent = sections[parent]?.parent ?? null;
      const title = heading[2] ?? '';
      sections.push({ title, depth, line: Number(heading[3]), parent, claim: null, claimText: '' });
      section = sections.length - 1;
      continue;
    }
    const entry = entryLine.exec(text);
    if (!entry) continue;
    const [, inner = '', box, written = '', line] = entry;
    const said = cut(plain(written), 1000);
    found.set(index + 1, {
      depth: inner.length / 2,
      done: box === 'x',
      text: said,
      line: Number(line),
      section,
    });
  }
  return found;
}
