import { expect, type Locator, type Page } from '@playwright/test';
import { writers } from '#e2e/vendors/start.ts';
import { test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

// A demo of its own: what is proposed stays at its vendors.
test.use({ demoOf: 'propose' });

async function open(page: Page, origin: string): Promise<Locator> {
  await page.goto(`${origin}/launches/the-block/kit`);
  const button = page.getByRole('button', { name: 'Propose…' });
  const dialog = page.getByRole('dialog', { name: 'Propose the kit’s files' });
  // Keys count once the page has come alive.
  await expect(async () => {
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(dialog.getByText(/The candidate is taken from main/)).toBeVisible();
  return dialog;
}

test('the missing files become a pull request by the keyboard alone, and a second time it is the same one', async ({
  page,
  demo,
}) => {
  const dialog = await open(page, demo.origin);
  // The demo lacks no file of its kit: one that differs is ticked by hand.
  await dialog.getByRole('checkbox', { name: /fast-mainnet\.yml/ }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByText('Workflows: read and write')).toBeVisible();
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByLabel('Token for this one act', { exact: true }).focus();
  await page.keyboard.type(writers.github);
  await expect(dialog.getByText('Writes to GitHub once you click.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Pull request #1 is open.')).toBeVisible();
  const link = dialog.getByRole('link', { name: /\/pull\/1$/ });
  const shown = await page.request.get((await link.getAttribute('href')) ?? '');
  expect(await shown.text()).toContain('Bring the launch kit of The Block');
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Propose…' })).toBeFocused();
  const again = await open(page, demo.origin);
  await again.getByRole('checkbox', { name: /fast-mainnet\.yml/ }).check();
  await again.getByLabel('Token for this one act', { exact: true }).fill(writers.github);
  await expect(again.getByText('Writes to GitHub once you click.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(
    again.getByText('Pull request #1 was there already, with exactly these files; it is open.'),
  ).toBeVisible();
});

test('the branch is named by what is ticked, and the GitLab mirror gets a merge request', async ({
  page,
  demo,
}) => {
  const dialog = await open(page, demo.origin);
  await dialog.getByLabel('Where').selectOption('gitlab');
  await expect(dialog.getByText('role Developer')).toBeVisible();
  const branch = dialog.locator('code', { hasText: /^big-green\/kit-/ });
  await dialog.getByRole('checkbox').first().check();
  await expect(branch).toBeVisible();
  const before = await branch.textContent();
  await dialog.getByRole('checkbox').last().check();
  await expect(branch).not.toHaveText(before ?? '');
  await dialog.getByLabel('Title').fill('Bring the kit up to the spec');
  await dialog.getByLabel('Token for this one act', { exact: true }).fill(writers.gitlab);
  await expect(dialog.getByText('Writes to GitLab mirror once you click.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Merge request !1 is open.')).toBeVisible();
});
