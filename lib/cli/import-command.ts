import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChecklistImport, EntryChange, EntryChangeKind } from '#lib/domain/checklist.ts';
import type { Result } from '#lib/domain/problem.ts';
import { type GivenDocument, importChecklist } from '#lib/usecases/import-checklist.ts';
import { readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { plain, refused } from './read-spec-file.ts';

const options = {
  previous: { type: 'string' },
  id: { type: 'string' },
  title: { type: 'string' },
  target: { type: 'string' },
  out: { type: 'string' },
  replace: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** A larger file is refused before it is read. */
const maxBytes = 16 * 1024 * 1024;

/** `import FILE.md`: a Markdown checklist to the draft of a spec; what became of it goes to standard error. */
export async function importCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return wrong(read.message);
  const [path, ...more] = read.positionals;
  if (!path || more.length > 0) return wrong('Say which: import FILE.md.');
  const { previous: before, id, title, target, out, replace = false, json } = read.values;
  const document = await given(path);
  if (!document.ok) return refused(path, document.problem, json);
  const previous = before === undefined ? undefined : await given(before);
  if (previous?.ok === false) return refused(path, previous.problem, json);
  const imported = importChecklist({
    document: document.value,
    previous: previous?.value,
    id,
    title,
    targetAt: target,
  });
  if (!imported.ok) return refused(before ?? path, imported.problem, json);
  const { value } = imported;
  if (out !== undefined) {
    try {
      await writeFile(out, value.draft, { flag: replace ? 'w' : 'wx' });
    } catch (error) {
      if (isThere(error)) return wrong(alreadyThere(out));
      return wrong(`${out} cannot be written (${error instanceof Error ? error.message : String(error)}).`);
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
  else if (out === undefined) process.stdout.write(value.draft);
  process.stderr.write(summary(value, path));
  return exit.ready;
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** A draft is edited by hand once it is there: it is never written over by the way. */
function alreadyThere(out: string): string {
  return `${out} is there already, and may hold edits of yours: nothing was written. Name another file, with --previous ${out} so that ids stay as they are, or write over it with --replace.`;
}

async function given(path: string): Promise<Result<GivenDocument>> {
  const problem = (message: string): Result<never> => ({
    ok: false,
    problem: { code: 'invalid-input', message, remedy: null, faults: [] },
  });
  try {
    const { size } = await stat(path);
    if (size > maxBytes) return problem(`${path} has ${size} bytes: a checklist that long is not read.`);
    return { ok: true, value: { content: await readFile(path), name: basename(path) } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return problem(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`);
  }
}

function summary(value: ChecklistImport, path: string): string {
  const { boxes, marks, tracks, items, roles, suggested, notUnderstood, changes, assumed } = value;
  const lines = [
    `${path}: ${boxes.total} boxes, ${boxes.done} ticked; ${marks.total} marks, ${marks.done} done.`,
    `${tracks} tracks, ${items} items, ${roles.length} roles. Checks suggested: ${suggestedText(suggested)}.`,
    ...assumed,
    ...(changes === null ? [] : changeLines(changes)),
    notUnderstood.length === 0 ? 'All of it was understood.' : `Not understood, so in no item:`,
    ...notUnderstood.map(({ line, endLine, what, text }) => {
      const at = line === endLine ? `${line}` : `${line}–${endLine}`;
      return `  ${at}: ${what}: ${plain(text)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function suggestedText(suggested: ChecklistImport['suggested']): string {
  const counts = Map.groupBy(suggested, ({ from }) => from);
  return [...counts].map(([from, all]) => `${from} ${all.length}`).join(', ') || 'none';
}

const signs: Readonly<Record<EntryChangeKind, string>> = {
  added: '+',
  removed: '-',
  reworded: '~',
  moved: '→',
  ticked: 'x',
  unticked: 'o',
};

function changeLines(changes: readonly EntryChange[]): string[] {
  if (changes.length === 0) return ['Nothing changed since the one before.'];
  return [
    `${changes.length} changes since the one before:`,
    ...changes.map(({ kind, id, text, line, before }) => {
      const was = before === null ? '' : ` (was: ${plain(before)})`;
      return `  ${signs[kind]} ${kind} ${id}, line ${line}: ${plain(text)}${was}`;
    }),
  ];
}
