import { structuredPatch } from 'diff';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { madeFrom } from './made-by-kit.ts';

/** A file that the repository has already where the kit puts one. */
export interface PresentFile {
  readonly text: string;
  readonly executable: boolean;
}

/**
 * One mail for `git am` that adds the files, and changes what is present and differs; null when nothing does.
 * Formats: git-format-patch(1), the unified diff of GNU diffutils, and RFC 2045 where lines end in CR LF, which a
 * mail does not keep otherwise.
 */
export function patchOf(
  launch: string,
  files: readonly Pick<KitFile, 'path' | 'text' | 'executable'>[],
  present: ReadonlyMap<string, PresentFile> = new Map(),
): string | null {
  const diffs = files.flatMap((file) => diffOf(file, present.get(file.path)));
  if (diffs.length === 0) return null;
  const body = [madeFrom, '---', ...diffs, '-- ', 'big-green', ''].join('\n');
  const isQuoted = body.includes('\r');
  return [
    `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`,
    'From: Big Green <big-green@localhost>',
    'Date: Thu, 1 Jan 1970 00:00:00 +0000',
    `Subject: [PATCH] Add the launch kit of ${launch.replace(/\s+/g, ' ').slice(0, 200)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    `Content-Transfer-Encoding: ${isQuoted ? 'quoted-printable' : '8bit'}`,
    '',
    isQuoted ? body.replaceAll('=', '=3D').replaceAll('\r', '=0D') : body,
  ].join('\n');
}

function diffOf(
  { path, text, executable }: Pick<KitFile, 'path' | 'text' | 'executable'>,
  old: PresentFile | undefined,
): readonly string[] {
  const mode = modeOf(executable);
  const head = `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}`;
  if (!old)
    return [head, `new file mode ${mode}`, '--- /dev/null', `+++ ${named(`b/${path}`)}`, ...whole('', text)];
  const modes =
    old.executable === executable ? [] : [`old mode ${modeOf(old.executable)}`, `new mode ${mode}`];
  if (old.text === text) return modes.length === 0 ? [] : [head, ...modes];
  const names = [`--- ${named(`a/${path}`)}`, `+++ ${named(`b/${path}`)}`];
  return [head, ...modes, ...names, ...hunks(old.text, text)];
}

function modeOf(executable: boolean): string {
  return executable ? '100755' : '100644';
}

/** Lines put in or taken out up to which a change is told line by line; beyond, a file is replaced whole. */
const mostEdits = 2000;

/** What changes, with three lines around it: the patch applies though other text of the file has moved. */
function hunks(old: string, text: string): readonly string[] {
  const isFilled = old === '' || text === '';
  const patch = isFilled
    ? undefined
    : structuredPatch('', '', old, text, '', '', { context: 3, maxEditLength: mostEdits });
  if (!patch) return whole(old, text);
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
}

function whole(old: string, text: string): readonly string[] {
  const [from, to] = [sideOf(old, '-'), sideOf(text, '+')];
  return [`@@ -${from.range} +${to.range} @@`, ...from.lines, ...to.lines];
}

function sideOf(
  text: string,
  sign: '-' | '+',
): { readonly range: string; readonly lines: readonly string[] } {
  if (text === '') return { range: '0,0', lines: [] };
  const ends = text.endsWith('\n');
  const lines = (ends ? text.slice(0, -1) : text).split('\n').map((line) => `${sign}${line}`);
  return {
    range: `1,${lines.length}`,
    lines: ends ? lines : [...lines, '\\ No newline at end of file'],
  };
}

/** Git ends a name with a space in it by a tab, so that what follows is no part of it. */
function named(path: string): string {
  const name = quoted(path);
  return name === path && path.includes(' ') ? `${path}\t` : name;
}

/** A path as Git quotes it: bytes beyond ASCII, quotes and backslashes in C's way. */
function quoted(path: string): string {
  const bytes = [...Buffer.from(path, 'utf8')];
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c)) return path;
  const inside = bytes.map((byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
    if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
    return `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${inside.join('')}"`;
}
