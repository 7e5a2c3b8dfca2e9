/** A key whose value is a text over the lines below: `treasury.json: |-`. */
const blockText = /^(?:- +)*[\w./"'-]+: +[|>][-+0-9]*\s*$/;
const structure = /[-?:,[\]{}&*!]/g;

/**
 * About how many parts a YAML text has, for the time that it takes: lines, and the characters that divide parts. Texts
 * over several lines, as which ConfigMaps hold their files, count as one. Never too few by what a writer chooses: once
 * brackets are open over a line's end, or stand beside quotes, every line counts.
 */
export function yamlParts(text: string): number {
  let parts = 0;
  let plain = true;
  let textIndent: number | null = null;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (textIndent !== null && (indent > textIndent || line.trim() === '')) continue;
    textIndent = null;
    const marks = line.match(structure) ?? [];
    parts += 1 + marks.length;
    const opens = marks.filter((mark) => mark === '[' || mark === '{').length;
    const closes = marks.filter((mark) => mark === ']' || mark === '}').length;
    if (opens !== closes || (opens > 0 && /["']/.test(line))) plain = false;
    if (plain && blockText.test(line.trim())) textIndent = indent;
  }
  return parts;
}
