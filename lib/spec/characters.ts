/** Letters of other alphabets that look like a Latin one, as far as ids meet them. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ո: 'n',
  α: 'a',
  ο: 'o',
  ν: 'v',
  ρ: 'p',
  ι: 'i',
  κ: 'k',
  τ: 't',
  υ: 'u',
  ɡ: 'g',
  ı: 'i',
  ℓ: 'l',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '＿': '_',
};

/** A character as its code point: U+0435. */
export function codePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What of an id is outside ASCII, in words with code points; null when nothing is. */
export function foreignCharacters(text: string): { readonly message: string; readonly plain: string } | null {
  const foreign = [...new Set([...text].filter((character) => character > '\u007e'))];
  if (foreign.length === 0) return null;
  const told = foreign.slice(0, 5).map((character) => {
    const like = lookAlikes[character];
    return like === undefined ? codePoint(character) : `${codePoint(character)} (looks like \`${like}\`)`;
  });
  const more = foreign.length > told.length ? ` and ${foreign.length - told.length} more` : '';
  const plain = [...text.normalize('NFKD')]
    .map((character) => lookAlikes[character] ?? character)
    .filter((character) => character <= '\u007e')
    .join('');
  return { message: `holds ${told.join(', ')}${more}`, plain };
}

/**
 * The first character that cannot be seen or turns the direction of reading, which in a title or label would show
 * something else than what is there. Line breaks and tabs are fine, but for U+0085: YAML 1.1, as Prometheus and GitLab
 * read it, ends a line and so a comment by it, and nobody sees it.
 */
export function unseenCharacter(text: string): string | null {
  return unseen.exec(text)?.[0] ?? null;
}

// C0 and C1 controls, zero-width space, direction marks and overrides, invisible operators, byte order mark.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;
