import { readFile, stat } from 'node:fs/promises';
import type { Problem, Result } from '#lib/domain/problem.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { type Exit, exit } from './exit.ts';

/** A larger file is no spec: it is refused before it is read. */
const maxBytes = 16 * 1024 * 1024;

/** Reads a spec from a file. */
export async function readSpecFile(path: string): Promise<Result<Spec>> {
  const text = await readFileText(path);
  if (!text.ok) return text;
  const read = readSpec(text.value, path);
  return read.ok ? { ok: true, value: read.value.spec } : read;
}

/** The text of a file, or why it cannot be read. */
export async function readFileText(path: string): Promise<Result<string>> {
  if (path === '-') return unread('Standard input is not read: name the file that holds the spec.');
  try {
    const found = await stat(path);
    if (found.isDirectory()) return unread(`${path} is a folder: name the file in it that holds the spec.`);
    const { size } = found;
    if (size > maxBytes) return problem(`${path} has ${size} bytes: a spec is at most 1 MiB.`);
    return { ok: true, value: await readFile(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return unread(`There is no file ${path}.`);
    return unread(`${path} cannot be read (${String(code ?? error)}).`);
  }
}

/** A file that is not there is a wrong use, and says nothing of any spec. */
function unread(message: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { code: 'not-found', message, remedy: null, faults: [] } };
}

function problem(message: string): { ok: false; problem: Problem } {
  return { ok: false, problem: { code: 'invalid-input', message, remedy: null, faults: [] } };
}

/** A problem as lines for a terminal, each fault as `file:line:column`, where editors jump to. */
export function problemText(path: string, { message, remedy, faults }: Problem): string {
  const lines = faults.map((fault) => {
    const way = fault.remedy ? `\n    ${plain(fault.remedy)}` : '';
    return `${path}:${fault.line}:${fault.column}: ${plain(fault.message)}${way}`;
  });
  return [...lines, plain(message), ...(remedy ? [plain(remedy)] : [])].join('\n');
}

/** Tells of a problem: as JSON on standard output where that was asked for, else in words on standard error. */
export function tellProblem(path: string, problem: Problem, json = false): void {
  if (json) process.stdout.write(`${JSON.stringify({ problem })}\n`);
  else process.stderr.write(`${problemText(path, problem)}\n`);
}

/** Tells of a problem that is not the launch's: of what was given, or of where it was to be read. */
export function refused(path: string, problem: Problem, json = false): Exit {
  tellProblem(path, problem, json);
  return exit.wrongUse;
}

/** Text from elsewhere as a terminal may show it: no control characters, no marks that turn the reading direction. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (mark) => {
    if (mark === '\n') return ' ';
    return `U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
