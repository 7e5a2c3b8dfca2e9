/** Moves the focus to the next or the previous of the elements that a selector finds, and stops at the ends. */
export function focusAlong(selector: string, by: 1 | -1): void {
  const rows: readonly (Element | null)[] = [...document.querySelectorAll(selector)];
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  const row = rows[Math.min(rows.length - 1, Math.max(0, next))];
  if (row instanceof HTMLElement) row.focus();
}
