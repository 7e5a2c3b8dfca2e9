import type { KitFile } from '#lib/domain/kit-file.ts';
import { sectionOf, sectionsOf } from '../markdown-sections.ts';
import { align, type Piece } from './align.ts';
import type { Difference } from './difference.ts';
import { scriptPieces } from './script.ts';
import { sectionPieces } from './section-pieces.ts';
import { type Read, readTree } from './tree.ts';

/** The rank of the headings under which the kit's sections stand in its documents. */
const sectionDepth = 2;

/**
 * Where a file of the repository differs in meaning from the kit's: not in comments, order of keys, layout or white
 * space. Of a Markdown document only the kit's sections count, wherever they stand and at whatever rank: its title
 * and its other sections are the repository's. Any other file is the kit's alone.
 */
export function differences(
  kit: Pick<KitFile, 'format' | 'text'>,
  text: string,
): Read<readonly Difference[]> {
  switch (kit.format) {
    case 'grafana-dashboard':
      return inTree(kit.text, text, 'json');
    case 'prometheus-rules':
    case 'yaml':
      return inTree(kit.text, text, 'yaml');
    case 'shell':
      return { ok: true, value: inText('the script', scriptPieces(kit.text), scriptPieces(text)) };
    case 'markdown':
      return inSections(kit.text, text);
  }
}

function inTree(kit: string, text: string, language: 'json' | 'yaml'): Read<readonly Difference[]> {
  const wanted = readTree(kit, language);
  const there = readTree(text, language);
  if (!wanted.ok) throw new TypeError(`A file of the kit cannot be read: ${wanted.fault}.`);
  if (!there.ok) return there;
  const found: Difference[] = [];
  for (const [at, value] of wanted.value) {
    const repository = there.value.get(at) ?? null;
    if (repository !== value) found.push({ of: 'value', at, kit: value, repository });
  }
  for (const [at, value] of there.value) {
    if (!wanted.value.has(at)) found.push({ of: 'value', at, kit: null, repository: value });
  }
  return { ok: true, value: found };
}

function inSections(kit: string, text: string): Read<readonly Difference[]> {
  const wanted = sectionsOf(kit);
  if (!wanted.ok) return { ok: false, fault: `of the kit’s own text ${wanted.message}`, isOverLimit: true };
  const there = sectionsOf(text);
  if (!there.ok) return { ok: false, fault: there.message, isOverLimit: true };
  const value = wanted.sections
    .filter(({ depth }) => depth === sectionDepth)
    .flatMap((section): readonly Difference[] => {
      const { title } = section;
      const pieces = sectionPieces(section);
      const found = sectionOf(there.sections, title);
      return found
        ? inText(title, pieces, sectionPieces(found))
        : [{ of: 'value', at: title, kit: counted(pieces), repository: null }];
    });
  return { ok: true, value };
}

function inText(at: string, kit: readonly Piece[], repository: readonly Piece[]): readonly Difference[] {
  const found = align(kit, repository);
  return found ?? [{ of: 'whole', at, kit: counted(kit), repository: counted(repository) }];
}

function counted({ length }: readonly Piece[]): string {
  return `${length} ${length === 1 ? 'line' : 'lines'}`;
}
