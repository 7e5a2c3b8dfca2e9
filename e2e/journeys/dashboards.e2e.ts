import { expect } from '@playwright/test';
import { test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

const dashboards = '/launches/the-block/dashboards';
/** A first look of all sources, on a busy machine. */
const patient = { timeout: 90_000 };

test.use({ demoOf: 'CI' });

test('each required panel stands beside what Grafana holds, and can be chosen by its state', async ({
  page,
  demo,
}) => {
  await page.goto(demo.origin + dashboards);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /\d+ of 14 panels as required/,
    patient,
  );
  const treasury = page.getByRole('region', { name: 'Treasury' });
  await expect(treasury.getByRole('listitem')).toHaveCount(6);
  await expect(treasury.getByRole('link', { name: 'Open in Grafana' })).toBeVisible();
  await page.getByRole('button', { name: /^Quiet/ }).click();
  await expect(page).toHaveURL(/show=quiet/);
  await expect(treasury.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(treasury.getByRole('listitem')).toHaveCount(6);
  await expectFit(page);
});

test('a panel that somebody deletes in Grafana is missing by itself, and there again when it is', async ({
  page,
  demo,
}) => {
  test.setTimeout(240_000);
  await page.goto(demo.origin + dashboards);
  const panel = page
    .getByRole('region', { name: 'Treasury' })
    .getByRole('listitem')
    .filter({ hasText: 'Queue Depth by Status' });
  await expect(panel.getByText('There', { exact: true })).toBeVisible(patient);
  await demo.step('lose panel');
  await expect(panel.getByText('Missing', { exact: true })).toBeVisible(patient);
  await demo.step('fix dashboards');
  await expect(panel.getByText('There', { exact: true })).toBeVisible(patient);
});
