import { expect, type Page } from '@playwright/test';
import { test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

const coverage = '/launches/the-block/coverage';
const failures = 'energy_signature_verification_failures_total';

/** A metric's row, and its cells by what they say. */
function rowOf(page: Page, metric: string) {
  return page.getByRole('row').filter({ has: page.getByRole('button', { name: metric, exact: true }) });
}

test('the matrix says which panels and runbooks have a metric, and why a hole is one', async ({
  page,
  demo,
}) => {
  await page.goto(demo.origin + coverage);
  for (const title of ['Declared', 'Emitted', 'Panel', 'Alert', 'Runbook']) {
    await expect(page.getByRole('columnheader', { name: new RegExp(`^${title}`) })).toBeVisible();
  }
  const row = rowOf(page, failures);
  await expect(row.getByRole('img', { name: 'hole' })).toHaveCount(1);
  await expect(row.getByRole('img', { name: 'there' })).toHaveCount(4);
  await expect(row).toContainText(/Panel “Signature Failures” of Energy at [0-9a-f]{12}: it is not there\./);
  await expect(
    rowOf(page, 'treasury_disbursement_lag_seconds').getByRole('img', { name: 'there' }),
  ).toHaveCount(5);
  await expect(rowOf(page, 'treasury_balance')).toContainText('not required');
});

test('one step leads from a metric to the file of its panel and of its runbook', async ({ page, demo }) => {
  await page.goto(`${demo.origin}${coverage}?metric=${failures}`);
  await expect(page.getByRole('link', { name: 'The panel “Signature Failures” of Energy' })).toBeVisible();
  await page.getByRole('link', { name: 'The runbook “Energy Stalled”' }).click();
  await expect(page).toHaveURL(/\/kit\?file=docs/);
});

test('what is emitted and used nowhere stands beside the matrix, and the screen fits', async ({
  page,
  demo,
}) => {
  await page.goto(demo.origin + coverage);
  const besides = page.getByRole('region', { name: 'Beside the matrix' });
  await expect(besides.getByText('mempool_pending_transactions')).toBeVisible();
  await expect(besides.getByText('Every name on a panel, under an alert or in a runbook')).toBeVisible();
  await expectFit(page);
});

test('the export has the columns of the matrix', async ({ page, demo }) => {
  await page.goto(demo.origin + coverage);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const lines: string[] = [];
  for await (const chunk of await (await downloading).createReadStream()) lines.push(String(chunk));
  const csv = lines.join('').split('\r\n');
  expect(csv[0]).toBe('metric,group,type,labels,declared,emitted,panel,alert,runbook,last sample (UTC),why');
  expect(csv.find((line) => line.startsWith(failures))).toContain(',there,there,hole,there,there,');
});

test('a panel that is committed is there by itself', async ({ page, demo }) => {
  await page.goto(demo.origin + coverage);
  const row = rowOf(page, failures);
  await expect(row.getByRole('img', { name: 'hole' })).toHaveCount(1);
  await demo.step('finish dashboard');
  await expect(row.getByRole('img', { name: 'hole' })).toHaveCount(0, { timeout: 40_000 });
  await expect(row.getByRole('img', { name: 'there' })).toHaveCount(5);
});
