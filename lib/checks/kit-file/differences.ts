import type { KitFile } from '#lib/domain/kit-file.ts';
import { readScript, readSections } from './text.ts';
import { type Meaning, type Read, readTree } from './tree.ts';

/** One place where a file of the repository and the kit's say different things. */
export interface Difference {
  /** Where, in words: `panels › “Execution Lag (p95)” › fieldConfig › …`. */
  readonly at: string;
  /** Null where the kit has nothing there. */
  readonly kit: string | null;
  /** Null where the repository has nothing there. */
  readonly repository: string | null;
}

/**
 * Where a file of the repository differs in meaning from the kit's: not in comments, order of keys, layout or white
 * space. A Markdown document may have more sections than the kit's; any other file is the kit's alone.
 */
export function differences(
  kit: Pick<KitFile, 'format' | 'text'>,
  text: string,
): Read<readonly Difference[]> {
  const wanted = read(kit.format, kit.text);
  const there = read(kit.format, text);
  if (!wanted.ok) throw new TypeError(`A file of the kit cannot be read: ${wanted.fault}.`);
  if (!there.ok) return there;
  const found: Difference[] = [];
  for (const [at, value] of wanted.value) {
    const repository = there.value.get(at) ?? null;
    if (repository !== value) found.push({ at, kit: value, repository });
  }
  const own = kit.format === 'markdown' ? sectionsOf(wanted.value) : null;
  for (const [at, value] of there.value) {
    if (wanted.value.has(at) || (own && !own.has(sectionOf(at)))) continue;
    found.push({ at, kit: null, repository: value });
  }
  return { ok: true, value: found };
}

function read(format: KitFile['format'], text: string): Read<Meaning> {
  switch (format) {
    case 'grafana-dashboard':
      return readTree(text, 'json');
    case 'prometheus-rules':
    case 'yaml':
      return readTree(text, 'yaml');
    case 'shell':
      return { ok: true, value: readScript(text) };
    case 'markdown':
      return { ok: true, value: readSections(text) };
  }
}

function sectionOf(at: string): string {
  return at.split(' › ').slice(0, -1).join(' › ');
}

function sectionsOf(meaning: Meaning): ReadonlySet<string> {
  return new Set([...meaning.keys()].map(sectionOf));
}
