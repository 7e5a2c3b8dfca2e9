import type { Meaning } from './tree.ts';

/** The lines of a script that do something, numbered. Comments but for the first line, and empty lines, do not. */
export function readScript(text: string): Meaning {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line, index) =>
      index === 0 ? line !== '' : line.trim() !== '' && !line.trimStart().startsWith('#'),
    );
  return new Map(lines.map((line, index) => [`command ${index + 1}`, line]));
}

/**
 * The sections of a Markdown document by their headings, each part of one (paragraph, list entry, command block) a
 * value. The document's own title is left away, and sections that only the repository has are its own affair: the
 * kit's are looked for in it.
 */
export function readSections(text: string): Meaning {
  const meaning = new Map<string, string>();
  const headings: string[] = [];
  let fence: string | null = null;
  let block: string[] = [];
  let count = 0;
  const close = () => {
    const value = block.join(' ').replace(/\s+/g, ' ').trim();
    block = [];
    if (value === '') return;
    count += 1;
    meaning.set([...headings.slice(1).filter(Boolean), `part ${count}`].join(' › '), value);
  };
  for (const line of text.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null) {
      block.push(line);
      if (mark?.startsWith(fence)) fence = null;
      if (fence === null) close();
      continue;
    }
    const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
    if (mark !== null) {
      close();
      fence = mark;
      block.push(line);
    } else if (heading) {
      close();
      headings.length = (heading[1]?.length ?? 1) - 1;
      headings[(heading[1]?.length ?? 1) - 1] = heading[2] ?? '';
      count = 0;
    } else if (/^\s*([-*+]|\d+[.)])\s|^\s*\|/.test(line) || line.trim() === '') {
      close();
      block.push(line);
    } else block.push(line);
  }
  close();
  return meaning;
}
