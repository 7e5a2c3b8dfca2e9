import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import { isMadeByKit } from '#lib/kit/made-by-kit.ts';
import type { PresentFile } from '#lib/kit/patch.ts';
import { placeKitFiles } from '#lib/usecases/place-kit-files.ts';

type Placed = {
  readonly path: string;
  readonly state: 'new' | 'replaced' | 'merged' | 'same';
  /** What was done to a document that holds other text, in a sentence; null otherwise. */
  readonly merged: string | null;
};

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/**
 * Writes files of the kit below a folder: whole, and into a Markdown document that is there only the kit's sections.
 * Nothing is written when one of them would land outside the folder, on what is no text file, or, unless `replace`
 * says so, on what is not known to be the kit's.
 */
export async function writeFiles(
  folder: string,
  files: readonly KitFile[],
  { replace }: { readonly replace: boolean },
): Promise<Result<readonly Placed[]>> {
  try {
    const present = await presentFiles(folder, files);
    if (!present.ok) return present;
    const foreign = files.filter((file) => {
      const old = present.value.get(file.path);
      return file.format !== 'markdown' && old !== undefined && !isMadeByKit(file, old.text);
    });
    if (foreign.length > 0 && !replace) return { ok: false, message: notOurs(folder, foreign) };
    const placed = placeKitFiles(files, present.value);
    if (!placed.ok) return { ok: false, message: `${placed.message}. Nothing was written.` };
    const done: Placed[] = [];
    for (const { file, merged } of placed.value) {
      const old = present.value.get(file.path);
      const path = join(folder, file.path);
      const same = old?.text === file.text && old.executable === file.executable;
      if (!same) {
        await mkdir(dirname(path), { recursive: true });
        if (old?.text !== file.text) await writeFile(path, file.text);
        if (old?.executable !== file.executable) await chmod(path, file.executable ? 0o755 : 0o644);
      }
      const written = merged !== null ? 'merged' : old ? 'replaced' : 'new';
      done.push({ path: file.path, state: same ? 'same' : written, merged });
    }
    return { ok: true, value: done };
  } catch (error) {
    return { ok: false, message: `The files could not be written: ${reason(error)}.` };
  }
}

function notOurs(folder: string, files: readonly KitFile[]): string {
  const named = files.map(({ path }) => path).join(', ');
  const [is, they] = files.length === 1 ? ['stands', 'it is'] : ['stand', 'they are'];
  return [
    `${named} ${is} in ${folder} already, and nothing says that ${they} the kit’s: nothing was written.`,
    `See what would change with --patch FILE --against ${folder}, or write over with --replace.`,
  ].join('\n');
}

/** What stands already where files of the kit go. Links are not followed: they may lead out of the folder. */
export async function presentFiles(
  folder: string,
  files: readonly KitFile[],
): Promise<Result<ReadonlyMap<string, PresentFile>>> {
  const present = new Map<string, PresentFile>();
  for (const { path } of files) {
    const fault = repositoryPathFault(path);
    if (fault !== null) return { ok: false, message: `${path} is not written: ${fault}.` };
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const at = join(folder, ...parts.slice(0, depth));
      const found = await lstat(at).catch((error: unknown) => {
        if (reason(error) === 'ENOENT') return null;
        throw error;
      });
      if (found === null) break;
      if (found.isSymbolicLink())
        return {
          ok: false,
          message: `${at} is a symbolic link, which may lead out of ${folder}: nothing was written.`,
        };
      const last = depth === parts.length;
      if (last ? !found.isFile() : !found.isDirectory())
        return { ok: false, message: `${at} is no ${last ? 'file' : 'folder'}: nothing was written.` };
      if (!last) continue;
      const text = textOf(await readFile(at));
      if (text === null) return { ok: false, message: `${at} is no text in UTF-8: nothing was written.` };
      present.set(path, { text, executable: (found.mode & 0o100) !== 0 });
    }
  }
  return { ok: true, value: present };
}

/** All of it as it is, a byte order mark too; null for what would not come back the same. */
function textOf(content: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
