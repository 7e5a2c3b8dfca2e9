import type { Locator, Page } from '@playwright/test';

/** An item's row: the list's entry with the link of that name, whatever others say of it. */
export function rowOf(page: Page, title: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) })
    .last();
}
