/**
 * The name most like what was written, or null when none is near: at most a third of its letters changed, and never
 * more than three. Case, and `-` against `_`, count as nothing. Of equals the first.
 */
export function nearest(written: string, names: Iterable<string>): string | null {
  const wanted = plain(written);
  let best: string | null = null;
  let limit = Math.min(3, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    if (limit === 0) break;
    const far = distance(wanted, plain(name), limit - 1);
    if (far >= limit || name === written) continue;
    best = name;
    limit = far;
  }
  return best;
}

function plain(text: string): string {
  return text.slice(0, 100).toLowerCase().replaceAll('_', '-');
}

/**
 * Edit distance with neighbouring letters swapped as one edit (optimal string alignment), or anything above `limit`
 * once it is certain to be more.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = above;
    above = row;
  }
  return at(above, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
