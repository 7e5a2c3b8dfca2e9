/** What the page of a pull or merge request shows. */
interface RequestShown {
  readonly title: string;
  readonly text: string;
  readonly head: string;
  readonly base: string;
  readonly state: string;
}

/** A page of a request, as plain as can be: so that a link to it leads somewhere. */
export function requestPage({ title, text, head, base, state }: RequestShown): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<body style="max-width: 48rem; margin: 3rem auto; font: 16px/1.5 system-ui; padding: 0 1rem">
<h1>${escaped(title)}</h1>
<p>${escaped(state)}: <code>${escaped(head)}</code> into <code>${escaped(base)}</code></p>
<pre style="white-space: pre-wrap">${escaped(text)}</pre>
</body></html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
