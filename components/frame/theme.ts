/** Colours a reader may choose; `system` follows the system. */
type Theme = 'system' | 'light' | 'dark';

/** The cookie that remembers it: the server writes the choice into the first page, so that nothing flashes. */
export const themeCookie = 'big-green-theme';

/** Reads the cookie's value; anything else is `system`. */
export function readTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Sets the page's colours now and for later visits. Browser only. */
export function setTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === 'system' ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${age}; samesite=strict`;
}
