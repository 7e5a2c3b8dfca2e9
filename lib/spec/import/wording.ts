/** Text of a line without Markdown's signs and without what cannot be seen; links become their text. One line. */
export function plain(text: string): string {
  const parts = text
    .slice(0, 4000)
    .replace(/<!--.*?-->/gs, ' ')
    .split('`');
  // An odd number of backticks leaves the last one open: what follows it is no code.
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return seen(
    parts.map((part, index) => (index % 2 === 1 && index < closed ? part : unmarked(part))).join(''),
  );
}

function unmarked(text: string): string {
  if (!/[[*_~\\]/.test(text)) return text;
  return text
    .replace(/!?\[([^[\]]{0,500})\]\([^()]{0,1000}\)/g, '$1')
    .replace(/!?\[([^[\]]{1,500})\]\[[^[\]]{0,200}\]/g, '$1')
    .replace(/\*\*|~~/g, '')
    .replace(/(^|\s)[*_](?=\S)|(?<=\S)[*_](?=\s|$)/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Text on one line, without what cannot be seen or turns the direction of reading. */
export function seen(text: string): string {
  // Most lines are plain letters already.
  if (!/[^ -~]| {2}|^ | $/.test(text)) return text;
  return text
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\ufffd]/gu, '')
    .trim();
}

/** Cut to so many characters, at a word's end where there is one near. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  const space = head.lastIndexOf(' ');
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd()}…`;
}

/** What two wordings of the same thing have in common: lower case, letters and digits, no number in front. */
export function normal(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/^\s*(?:\d+[.)]?)+[a-z]?[.):]?\s+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words of a text, each once, for likeness: plural or singular is one. */
export function words(text: string): ReadonlySet<string> {
  return wordsIn(normal(text.slice(0, 1000)));
}

/** The same of a text that is `normal` already. */
export function wordsIn(text: string): ReadonlySet<string> {
  const found = text.split(' ').filter((word) => word !== '');
  return new Set(found.map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)));
}

/** An id out of a text's first words: lower-case letters, digits and `-`, at most 48. Never empty. */
export function slug(text: string): string {
  const latin = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (latin.length <= 48) return latin || 'item';
  const head = latin.slice(0, 48);
  const end = head.lastIndexOf('-');
  return (end > 24 ? head.slice(0, end) : head).replace(/-+$/, '');
}
