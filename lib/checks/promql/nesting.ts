/**
 * How deep an expression is nested, at most: brackets in one another, powers of powers, signs before signs. Texts and
 * comments do not count. Takes time in proportion to its length, which the grammar does not where it nests.
 */
export function nestingOf(expr: string): number {
  let [open, powers, signs, most] = [0, 0, 0, 0];
  for (const [part = ''] of expr.matchAll(parts)) {
    if (/^\s/.test(part)) continue;
    signs = part === '-' || part === '+' ? signs + 1 : 0;
    if (part === '(' || part === '[' || part === '{') open += 1;
    else if (part === ')' || part === ']' || part === '}') open -= 1;
    else if (part === '^') powers += 1;
    most = Math.max(most, open + powers + signs);
  }
  return most;
}

const parts =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|\s+|[()[\]{}^+-]|[^()[\]{}^+\-"'`#\s]+|["'`]/gs;
