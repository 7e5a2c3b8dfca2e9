/**
 * The anchor that GitHub gives a Markdown heading: lower case, without what is no letter, mark, digit, `_`, `-` or
 * space, and spaces as hyphens. Source: gjtorikian/html-pipeline, `toc_filter.rb`, which GitHub's pages go by.
 */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Anchors of a document's headings, in order: a second “Symptoms” is `symptoms-1`. */
export function anchorsOf(headings: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return headings.map((heading) => {
    const own = anchorOf(heading);
    let count = counts.get(own) ?? 0;
    let anchor = count === 0 ? own : `${own}-${count}`;
    while (taken.has(anchor)) {
      count += 1;
      anchor = `${own}-${count}`;
    }
    counts.set(own, count + 1);
    taken.add(anchor);
    return anchor;
  });
}
