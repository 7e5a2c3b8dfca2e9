import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import type { PresentFile } from '#lib/kit/patch.ts';

export type Placed = { readonly file: KitFile; readonly state: 'new' | 'replaced' | 'same' };

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Writes files below a folder. Nothing is written when one of them would land outside it, or on what is no file. */
export async function writeFiles(folder: string, files: readonly KitFile[]): Promise<Result<Placed[]>> {
  try {
    const present = await presentFiles(folder, files);
    if (!present.ok) return present;
    const placed: Placed[] = [];
    for (const file of files) {
      const old = present.value.get(file.path);
      const path = join(folder, file.path);
      const same = old?.text === file.text && old.executable === file.executable;
      if (!same) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.text);
        await chmod(path, file.executable ? 0o755 : 0o644);
      }
      placed.push({ file, state: same ? 'same' : old ? 'replaced' : 'new' });
    }
    return { ok: true, value: placed };
  } catch (error) {
    return { ok: false, message: `The files could not be written: ${reason(error)}.` };
  }
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
      if (last)
        present.set(path, { text: await readFile(at, 'utf8'), executable: (found.mode & 0o100) !== 0 });
    }
  }
  return { ok: true, value: present };
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
