import { expect } from '@playwright/test';
import { test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

const runbooks = '/launches/the-block/runbooks';

test('every alert stands under its runbook, and what a runbook lacks is told', async ({ page, demo }) => {
  await page.goto(demo.origin + runbooks);
  const stuck = page.getByRole('region', { name: 'Treasury Stuck', exact: true });
  await expect(stuck.getByRole('list', { name: 'Alerts that lead to Treasury Stuck' })).toContainText(
    'TreasuryBacklogCritical critical',
  );
  await expect(stuck.getByText('Loaded')).toHaveCount(6);
  await expect(stuck.getByText('4 of 4 parts, 10 of 10 command blocks parse')).toBeVisible();
  const audit = page.getByRole('region', { name: 'Settlement Audit', exact: true });
  await expect(audit.getByText('No alert leads here.')).toBeVisible();
});

test('a runbook is reached, opened, read and closed by keyboard, and fits', async ({ page, demo }) => {
  await page.goto(demo.board);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Keys count once the page has come alive.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect(page).toHaveURL(/\/runbooks$/, { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Runbooks: \d of 4 whole/);
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'Read it Treasury Stuck' })).toBeFocused();
  await page.keyboard.press('Enter');
  const text = page.getByRole('article', { name: 'Treasury Stuck, as written' });
  await expect(text.getByRole('heading', { name: 'Diagnosis' })).toBeVisible();
  await expect(text.getByRole('button', { name: /^Copy/ })).toHaveCount(10);
  await expect(text.getByRole('columnheader', { name: 'Severity' })).toBeVisible();
  await expectFit(page);
  await page.keyboard.press('Escape');
  await expect(text).toHaveCount(0);
});

test('one step leads from a metric’s alert to its runbook', async ({ page, demo }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${demo.origin}/launches/the-block/coverage`);
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: 'oracle_latency_seconds', exact: true }) });
  await row.getByRole('link', { name: 'EnergyOracleStalled' }).click();
  await expect(page).toHaveURL(/\/runbooks\?alert=EnergyOracleStalled$/);
  await expect(page.locator('[data-chosen]')).toContainText('EnergyOracleStalled');
});

test('a runbook that is written is whole by itself', async ({ page, demo }) => {
  await page.goto(demo.origin + runbooks);
  const audit = page.getByRole('region', { name: 'Settlement Audit', exact: true });
  await expect(audit.getByRole('list', { name: 'Gaps' })).toContainText('“Diagnosis” is empty');
  await demo.step('write audit');
  await expect(audit.getByRole('list', { name: 'Gaps' })).toHaveCount(0, { timeout: 40_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Runbooks: 4 of 4 whole');
});
