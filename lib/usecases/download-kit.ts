import type { Result } from '#lib/domain/problem.ts';
import { type PresentFile, patchOf } from '#lib/kit/patch.ts';
import { zipOf } from '#lib/kit/zip.ts';
import { type House, house } from '#lib/server/house.ts';
import { candidateFiles } from './candidate-files.ts';
import { kitFileOf, launchKit } from './launch-kit.ts';
import { placeKitFiles, wholeTextOf } from './place-kit-files.ts';
import { refusal } from './problems.ts';
import { filesHere } from './view-kit.ts';

/** A file to be saved under a name. */
interface Download {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** One file of the kit. */
export async function downloadKitFile(
  id: string,
  path: string,
  at: House = house(),
): Promise<Result<Download>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const file = kitFileOf(kit.value, path);
  if (!file.ok) return file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { ok: true, value: { name, type: 'text/plain; charset=utf-8', body: file.value.text } };
}

/** All of it as a ZIP archive, to be unpacked at the root of the repository. */
export async function downloadKitZip(id: string, at: House = house()): Promise<Result<Download>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const body = Uint8Array.from(zipOf(kit.value.files));
  return { ok: true, value: { name: `${id}-kit.zip`, type: 'application/zip', body } };
}

/**
 * A patch that `git am` puts onto the candidate's commit: files that are missing or differ by mistake, and into
 * documents the kit's sections.
 * What says the same in other lines, or differs only on purpose, stays as it is. Without a candidate, or where the repository cannot be
 * read, there is none: a patch that does not know what it changes would not apply.
 */
export async function downloadKitPatch(id: string, at: House = house()): Promise<Result<Download>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const { launch, files } = kit.value;
  const paths = files.map(({ path }) => path);
  const seen = await candidateFiles(launch, paths, at);
  if (seen.unread) return refusal('source-failed', seen.unread.message, seen.unread.remedy);
  const wanting = new Set(
    filesHere(kit.value, seen)
      .filter(({ state }) => state !== 'same' && state !== 'on-purpose')
      .map(({ file }) => file.path),
  );
  const patched = files.filter(({ path }) => wanting.has(path));
  const present = new Map<string, PresentFile>();
  for (const { path, executable } of patched) {
    const file = seen.files.get(path);
    if (!file || file.found === 'absent') continue;
    if (file.text === null) {
      const remedy = 'Put a plain text file there, or download the files one by one.';
      return refusal('conflict', `${path} is no text in the repository, so no patch can change it.`, remedy);
    }
    present.set(path, { text: wholeTextOf(file), executable: file.executable ?? executable });
  }
  const placed = placeKitFiles(patched, present);
  if (!placed.ok) {
    return refusal(
      'conflict',
      `${placed.message}.`,
      'Put the document right, or download the files one by one.',
    );
  }
  const patch = patchOf(
    launch.head.title,
    placed.value.map(({ file }) => file),
    present,
  );
  if (patch === null) {
    return refusal(
      'conflict',
      'The repository has every file as the spec has it: there is nothing to patch.',
    );
  }
  return { ok: true, value: { name: `${id}-kit.patch`, type: 'text/x-patch; charset=utf-8', body: patch } };
}
