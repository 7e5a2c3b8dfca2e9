import { plain } from './wording.ts';

const doneMarks = '✅☑✔✓🟢🟩💚💯';
const openMarks = '❌❎✗✘✖⚠🟡🟠🔴🟨🟧🟥⏳⌛🚧🔄🔲🔳☐☒⬜⬛◻◼❓⏸🛑⛔🕐📝';
/** Names that GitHub draws as emoji. Source: github/gemoji. */
const doneNames =
  'white_check_mark|heavy_check_mark|ballot_box_with_check|green_circle|large_green_circle|green_square|green_heart|100|heavy_check|check';
const openNames =
  'x|negative_squared_cross_mark|heavy_multiplication_x|warning|yellow_circle|large_yellow_circle|orange_circle|red_circle|large_orange_circle|hourglass|hourglass_flowing_sand|construction|arrows_counterclockwise|question|stop_sign|octagonal_sign|no_entry|no_entry_sign|black_square_button|white_large_square|black_large_square|memo|yellow_square|red_square|orange_square|pause_button';
const names = `:(?:${doneNames}|${openNames}):`;
const doneName = new RegExp(`^:(?:${doneNames}):$`);
const one = `(?:[${doneMarks}${openMarks}]\\ufe0f?|${names})`;
const leading = new RegExp(`^(?:\\*\\*|_)?(${one})(?:\\*\\*|_)?(?=[\\s:.,*]|$)[\\s:]*`, 'u');
const trailing = new RegExp(`\\s(${one})\\s*$`, 'u');
const inside = new RegExp(`^(.*?)\\s*(${one})\\s*(.*)$`, 'u');

const doneWords =
  /^(?:done|completed?|finished|ready|passed|passing|pass|ok(?:ay)?|yes|shipped|merged|verified|closed|resolved|approved|implemented|delivered|live|green|100 ?%)$/i;
const openWords =
  /^(?:in[ -]?progress|ongoing|to ?do|pending|open|not (?:started|done|ready|complete)|blocked|wip|partial(?:ly)?(?: (?:done|complete))?|no|fail(?:ed|ing)?|missing|planned|draft|deferred|tbd|incomplete|waiting|in review|review|red|yellow|amber|started|\d{1,2} ?%)$/i;

export interface Mark {
  readonly done: boolean;
  /** What stands beside it. */
  readonly rest: string;
}

const isDone = (mark: string): boolean =>
  mark.startsWith(':') ? doneName.test(mark) : doneMarks.includes(mark.replace('\ufe0f', ''));

/** The mark that a bullet begins or ends with. */
export function bulletMark(text: string): Mark | null {
  const first = leading.exec(text);
  if (first?.[1]) return { done: isDone(first[1]), rest: text.slice(first[0].length) };
  const last = trailing.exec(text.slice(-40));
  if (!last?.[1]) return null;
  return { done: isDone(last[1]), rest: text.slice(0, text.length - last[0].length) };
}

/** The mark in a heading: what stands before it is the title, what stands behind it the claim's words. */
export function headingMark(text: string): (Mark & { readonly claim: string }) | null {
  const [, before = '', mark, after = ''] = inside.exec(text.slice(0, 1000)) ?? [];
  if (mark === undefined) return null;
  const [rest, claim] = before === '' ? [after, ''] : [before, after];
  return { done: isDone(mark), rest, claim };
}

/** What a table's cell says when it says a state: by an emoji it begins with, or by a status word. */
export function cellMark(cell: string): Mark | null {
  const mark = leading.exec(cell);
  if (mark?.[1]) return { done: isDone(mark[1]), rest: plain(cell.slice(mark[0].length)) };
  const word = plain(cell);
  if (doneWords.test(word)) return { done: true, rest: '' };
  return openWords.test(word) ? { done: false, rest: '' } : null;
}

/** Whether a table's cell begins with a mark, and not only with a status word. */
export function hasEmoji(cell: string): boolean {
  return leading.test(cell);
}

/** A box at the beginning of a table's cell, which GitHub does not draw and people write. */
export function cellBox(cell: string): Mark | null {
  const match = /^(?:[-*+]\s+)?\[([ xX])\](?=\s|$)\s*/.exec(cell);
  return match ? { done: match[1] !== ' ', rest: cell.slice(match[0].length) } : null;
}

/** What looks like a box and by GitHub's rules is none. */
export function looksLikeBox(text: string): boolean {
  return /^\[[ \t]*[xXvVyY✓✔✅☑~*\-–—/.!?>]?[ \t]*\](?=\s|$)/u.test(text);
}
