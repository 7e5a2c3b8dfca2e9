/**
 * A variable as Grafana writes it in a query: `$a`, `${a}`, `${a.b:format}`, `[[a]]`, `[[a:format]]`. A `$1` is none: it
 * stands for a group of a regular expression (`label_replace`). A pattern of one's own, with the flags that are wanted.
 */
export function variableReference(flags: 'y' | 'g'): RegExp {
  return new RegExp(reference, flags);
}

const reference =
  /\$(?<plain>[A-Za-z_]\w*)|\$\{(?<braced>[\w.]+)(?::(?<format>[^{}]*))?\}|\[\[(?<square>\w+)(?::(?<squareFormat>\w+))?\]\]/;

/** What a reference names, and the format behind its colon. */
export function referred(groups: Readonly<Record<string, string | undefined>> | undefined): {
  readonly name: string;
  readonly format: string | null;
} {
  const { plain, braced, square, format, squareFormat } = groups ?? {};
  return { name: plain ?? braced ?? square ?? '', format: format ?? squareFormat ?? null };
}
