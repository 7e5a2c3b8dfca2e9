/**
 * How many lines at the beginning are front matter: YAML between `---`, or TOML between `+++`, as GitHub and Hugo take
 * them from a document. 0 where there is none, or where it does not end within 200 lines.
 */
export function frontMatter(lines: readonly string[]): number {
  const [first = ''] = lines;
  const fence = /^(---|\+\+\+)[ \t]*$/.exec(first)?.[1];
  if (fence === undefined) return 0;
  const ends = fence === '---' ? /^(?:---|\.\.\.)[ \t]*$/ : /^\+\+\+[ \t]*$/;
  const end = lines.slice(1, 201).findIndex((line) => ends.test(line)) + 1;
  if (end <= 1) return 0;
  const inside = lines.slice(1, end);
  const isData = (line: string): boolean =>
    /^\s*(?:#.*|[\w"'.-]{1,80}\s{0,8}[:=].*|-\s.*|\s.*|[\]}],?)?$/.test(line) &&
    !/^\s*[-*+] \[[ xX]\]/.test(line);
  return inside.every(isData) && /^["']?\w/.test(inside.find((line) => line.trim() !== '') ?? '')
    ? end + 1
    : 0;
}
