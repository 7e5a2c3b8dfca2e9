/**
 * True when a JSON text nests deeper than `most`. Counted without recursion, before parsing, and without being sure
 * that it is JSON: brackets inside strings count for nothing.
 */
export function nestsDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) {
      // A string: on to the quote that ends it.
      for (index += 1; index < text.length; index += 1) {
        const inside = text.charCodeAt(index);
        if (inside === 0x5c) index += 1;
        else if (inside === 0x22) break;
      }
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}
