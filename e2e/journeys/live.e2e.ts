import { expect } from '@playwright/test';
import { countRequests } from './counted.ts';
import { test } from './demo-fixture.ts';
import { rowOf } from './rows.ts';

const boardPath = '/launches/the-block';
const title = 'Energy settlement under governance';

test('an idle board makes no request, while its values move', async ({ page, demo }) => {
  const counted = await countRequests(demo.origin);
  await page.goto(counted.origin + boardPath);
  await expect(page.getByText('Execution lag p95 under 300 s')).toBeVisible();
  // The slowest query wants a minute of samples before the demo has come to rest.
  let since = counted.asked.length;
  await expect(async () => {
    since = counted.asked.length;
    await page.waitForTimeout(8000);
    expect(counted.asked.slice(since)).toEqual([]);
  }).toPass({ timeout: 100_000 });
  const rows = page.locator('.tracks');
  const before = await rows.innerHTML();
  await page.waitForTimeout(12_000);
  expect(counted.asked.slice(since)).toEqual([]);
  expect(await rows.innerHTML()).not.toBe(before);
  await counted.stop();
});

test('ten tabs of one browser are live on one event stream, also after tabs come and go', async ({
  context,
  demo,
}) => {
  // Eleven pages take a small machine their time to open.
  test.slow();
  const counted = await countRequests(demo.origin);
  const open = async () => {
    const tab = await context.newPage();
    await tab.goto(counted.origin + boardPath);
    await expect(rowOf(tab, title)).toBeVisible();
    return tab;
  };
  const tabs = [];
  for (let n = 0; n < 10; n++) tabs.push(await open());
  await expect.poll(counted.openStreams).toBe(1);
  // The first tab, which began the stream, goes; another comes.
  await tabs.shift()?.close();
  tabs.push(await open());
  await demo.step('break governance');
  for (const tab of tabs) await expect(rowOf(tab, title)).toContainText(/fail/i);
  expect(counted.openStreams()).toBe(1);
  await demo.step('fix governance');
  for (const tab of tabs) await expect(rowOf(tab, title)).not.toContainText(/fail/i);
  for (const tab of tabs) await tab.close();
  await expect.poll(counted.openStreams).toBe(0);
  await counted.stop();
});

test('a page whose server dies says that it is behind, comes back by itself and has what it missed', async ({
  context,
  demo,
}) => {
  // A page of its own: lost connections stand in its console, and are meant to.
  const page = await context.newPage();
  const counted = await countRequests(demo.origin);
  await page.goto(counted.origin + boardPath);
  const row = rowOf(page, title);
  await expect(row).not.toContainText(/fail/i);
  counted.cut();
  await demo.killPages();
  await expect(page.getByText(/^Behind by/)).toBeVisible();
  await demo.step('break governance');
  await expect(row).not.toContainText(/fail/i);
  counted.mend();
  await expect(page.getByText(/^Behind by/)).toBeHidden({ timeout: 60_000 });
  await expect(row).toContainText(/fail/i);
  await demo.step('fix governance');
  await expect(row).not.toContainText(/fail/i);
  await page.close();
  await counted.stop();
});
