import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing overflows at any width, and axe finds nothing, wide and narrow, light and dark. */
export async function expectFit(page: Page): Promise<void> {
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `${width} px`).toBeLessThanOrEqual(0);
    if (width === 768) continue;
    for (const colorScheme of ['light', 'dark'] as const) {
      // Colours that are still on their way from one scheme to the other are neither's.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${width} ${colorScheme} ${id} ${nodes[0]?.html}`);
      expect(found).toEqual([]);
    }
  }
}
