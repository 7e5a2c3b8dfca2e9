import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { readEnvironment } from '#lib/server/env.ts';
import { chromiumArgs, chromiumPath } from '../browser.ts';
import type { DrillSite } from './drill.ts';
import { median } from './lateness.ts';
import { waitFor } from './wait.ts';

/** A browser of the drill's own. */
export async function openBrowser(site: DrillSite): Promise<BrowserContext> {
  const env = readEnvironment();
  const executablePath = await chromiumPath(env.kind === 'environment' ? env.chromiumPath : undefined);
  const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
  site.undo(() => browser.close());
  return browser.newContext();
}

/** Has a page note when the text at a selector was last drawn anew. */
export async function watchDrawn(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  await page.evaluate((at) => {
    const text = () => document.querySelector(at)?.textContent ?? '';
    const drawn = { text: text(), atMs: 0 };
    Object.assign(globalThis, { drawn });
    const look = () => {
      if (text() === drawn.text) return;
      drawn.text = text();
      drawn.atMs = Date.now();
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  }, selector);
}

/** When a watched text that begins so was drawn: epoch milliseconds. */
export async function drawnAtMs(page: Page, text: string): Promise<number> {
  type Drawn = { readonly text: string; readonly atMs: number };
  const read = () => page.evaluate(() => Reflect.get(globalThis, 'drawn') as Drawn);
  const drawn = await waitFor(`the page to show ${text}`, 30_000, read, (one) => one.text.startsWith(text));
  return drawn.atMs;
}

/** "median 812 ms, worst 1204 ms of 24" */
export function timesWords(tookMs: readonly number[]): string {
  return `median ${median(tookMs)} ms, worst ${Math.max(...tookMs)} ms of ${tookMs.length}`;
}
