import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { kitFiles } from '#lib/kit/kit.ts';
import { patchOf } from '#lib/kit/patch.ts';
import { zipOf } from '#lib/kit/zip.ts';
import { placeKitFiles } from '#lib/usecases/place-kit-files.ts';
import { readArguments } from './arguments.ts';
import { type Exit, exit } from './exit.ts';
import { plain, readSpecFile, refused } from './read-spec-file.ts';
import { presentFiles, writeFiles } from './write-files.ts';

const options = {
  spec: { type: 'string' },
  out: { type: 'string' },
  only: { type: 'string' },
  zip: { type: 'string' },
  patch: { type: 'string' },
  against: { type: 'string' },
  replace: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const parts: ReadonlySet<string> = new Set<KitFile['part']>([
  'dashboards',
  'gate',
  'runbooks',
  'alerts',
  'coverage-script',
  'readme',
]);

/** `kit`: writes the files that a spec yields, into a folder, a ZIP archive or a patch. */
export async function kitCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return ended(read.message, exit.wrongUse);
  const { spec: path, out, only, zip, patch, against, replace, json } = read.values;
  if (!path || !(out || zip || patch) || read.positionals.length > 0)
    return ended(
      'Say from what and to where: kit --spec FILE, and --out DIR, --zip FILE or --patch FILE.',
      exit.wrongUse,
    );
  if (against && !patch) return ended('--against goes with --patch.', exit.wrongUse);
  if (replace && !out) return ended('--replace goes with --out.', exit.wrongUse);
  if (against && !statSync(against, { throwIfNoEntry: false })?.isDirectory())
    return ended(`There is no folder ${plain(against)} for the patch to be made against.`, exit.wrongUse);
  const wanted = only?.split(',').map((part) => part.trim());
  const strange = wanted?.find((part) => !parts.has(part));
  if (strange !== undefined)
    return ended(`There is no part “${plain(strange)}”: ${[...parts].join(', ')}.`, exit.wrongUse);
  const spec = await readSpecFile(path);
  if (!spec.ok) return refused(path, spec.problem, json);
  const files = kitFiles(spec.value).filter(({ part }) => wanted?.includes(part) ?? true);
  if (files.length === 0) return ended('The spec yields no file of these parts.', exit.notReady);

  const said: string[] = [];
  const made: Record<string, string> = {};
  const states = new Map<string, string>();
  const merged: string[] = [];
  if (out) {
    const written = await writeFiles(out, files, { replace: replace ?? false });
    if (!written.ok) return ended(written.message, exit.notReady);
    for (const { path: at, state } of written.value) states.set(at, state);
    said.push(...files.map(({ path: at, title }) => `${(states.get(at) ?? '').padEnd(9)}${at}  ${title}`));
    merged.push(...written.value.flatMap((one) => one.merged ?? []));
    said.push(...merged);
    said.push(`${counted(files)} in ${out}.`);
    made.out = out;
  }
  if (zip) {
    const fault = await write(zip, zipOf(files));
    if (fault) return ended(fault, exit.notReady);
    said.push(`${counted(files)} in ${zip}.`);
    made.zip = zip;
  }
  if (patch) {
    const present = against ? await presentFiles(against, files) : null;
    if (present && !present.ok) return ended(present.message, exit.notReady);
    const placed = placeKitFiles(files, present?.value ?? new Map());
    if (!placed.ok) return ended(`${placed.message}.`, exit.notReady);
    const mail = patchOf(
      spec.value.launch.title,
      placed.value.map(({ file }) => file),
      present?.value,
    );
    const fault = mail === null ? null : await write(patch, mail);
    if (fault) return ended(fault, exit.notReady);
    said.push(
      mail === null ? `${against} has all of it: no patch was written.` : `Apply it with: git am ${patch}`,
    );
    if (mail !== null) made.patch = patch;
    const told = placed.value.flatMap((one) => one.merged ?? []).filter((one) => !merged.includes(one));
    said.push(...told);
    merged.push(...told);
  }
  const list = files.map(({ path: at, part, title, executable, corrections }) => ({
    path: at,
    part,
    title,
    executable,
    state: states.get(at) ?? null,
    corrections: corrections.map(({ id }) => id),
  }));
  process.stdout.write(
    json ? `${JSON.stringify({ ...made, files: list, merged })}\n` : `${said.map(plain).join('\n')}\n`,
  );
  return exit.ready;
}

async function write(path: string, content: string | Uint8Array): Promise<string | null> {
  try {
    await writeFile(path, content);
    return null;
  } catch (error) {
    return `${path} could not be written (${error instanceof Error && 'code' in error ? error.code : error}).`;
  }
}

const counted = ({ length }: readonly KitFile[]) => `${length} ${length === 1 ? 'file' : 'files'}`;

function ended(message: string, code: Exit): Exit {
  process.stderr.write(`${message}\n`);
  return code;
}
