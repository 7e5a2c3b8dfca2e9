import type { KitFile } from '#lib/domain/kit-file.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { PresentFile } from '#lib/kit/patch.ts';
import { mergeDocument } from './merge-document.ts';

/** A file of the kit as it is to stand in a repository that may have something there. */
interface PlacedKitFile {
  readonly file: Pick<KitFile, 'path' | 'text' | 'executable'>;
  /** What is done to a document that holds other text too, in a sentence; null where nothing is, or it is the kit's. */
  readonly merged: string | null;
}

type Placed =
  | { readonly ok: true; readonly value: readonly PlacedKitFile[] }
  | { readonly ok: false; readonly message: string };

/** Puts files of the kit where they go: whole, or, into a Markdown document that is there, the sections of it. Pure. */
export function placeKitFiles(files: readonly KitFile[], present: ReadonlyMap<string, PresentFile>): Placed {
  const value: PlacedKitFile[] = [];
  for (const { path, text, executable, format } of files) {
    const there = present.get(path);
    if (!there || format !== 'markdown') {
      value.push({ file: { path, text, executable }, merged: null });
      continue;
    }
    const merged = mergeDocument(text, there.text);
    if (!merged.ok)
      return { ok: false, message: `${path} cannot take the kit’s sections: ${merged.message}` };
    // A document's mode is the repository's own, as is its other text.
    value.push({
      file: { path, text: merged.text, executable: there.executable },
      merged: sentence(path, merged.replaced, merged.appended),
    });
  }
  return { ok: true, value };
}

/** A file's text with the byte order mark that it was read without: what is written has it where the file has. */
export function wholeTextOf({ text, bytes }: FileAtCommit): string {
  if (text === null) return '';
  return bytes === Buffer.byteLength(text) + 3 ? `\uFEFF${text}` : text;
}

function sentence(path: string, replaced: readonly string[], appended: readonly string[]): string | null {
  if (replaced.length + appended.length === 0) return null;
  const done = [...said('replaced', replaced), ...said('added at the end', appended)];
  return `${path}: ${done.join('; ')}; all its other text stays.`;
}

function said(what: string, titles: readonly string[]): readonly string[] {
  if (titles.length === 0) return [];
  const named = titles.map((title) => `“${title}”`).join(', ');
  return [`${titles.length === 1 ? 'section' : 'sections'} ${named} ${what}`];
}
