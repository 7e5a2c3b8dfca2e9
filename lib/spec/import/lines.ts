/** The longest document that is read, in characters. */
const mostCharacters = 8 * 1024 * 1024;

export type Lines =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Lines of a text, whatever ends them, without a byte order mark; or why it is no text to read. */
export function linesOf(text: string): Lines {
  if (text.length > mostCharacters)
    return refused('It is over 8 Mi characters: a checklist that long is nobody’s. Divide it.');
  if (text.includes('\0')) return refused('It is binary, not Markdown: it has NUL characters in it.');
  const bare = text.replace(/^\ufeff/, '');
  const lines = bare.includes('\r') ? bare.split(/\r\n|\n|\r/) : bare.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { ok: true, lines };
}

function refused(message: string): Lines {
  return { ok: false, message };
}
