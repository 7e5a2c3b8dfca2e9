import type { Place } from './tree.ts';

/**
 * Places in one text by offset. The YAML library keeps a table of its own while it reads, and that has holes where it
 * stumbles: places behind a fault would be lines off.
 */
export function linePlaces(text: string): (offset: number) => Place {
  const starts = startsOfLines(text);
  return (offset) => {
    const within = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= within) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: within - (starts[low] ?? 0) + 1 };
  };
}

/** In four bytes a line: a text may be nothing but ends of lines. */
function startsOfLines(text: string): Uint32Array {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  const starts = new Uint32Array(lines);
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts[++line] = at + 1;
  return starts;
}
