import { expect, type Locator } from '@playwright/test';
import { type Demo, test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

/** A first look of all sources, on a busy machine. */
const patient = { timeout: 90_000 };
const treasury = 'monitoring/grafana_treasury_dashboard.json';
const rules = 'monitoring/alert.rules.yml';

test.use({ demoOf: 'drift' });

/** Has the launch looked at again, as somebody who waits would, until the Kit says it of a file. */
async function kitUntil(demo: Demo, row: Locator, says: RegExp): Promise<void> {
  await expect(async () => {
    await fetch(`${demo.origin}/api/launches/the-block/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scope: {} }),
    });
    await row.page().keyboard.press('r');
    await expect(row).toContainText(says, { timeout: 3000 });
  }).toPass(patient);
}

test('what somebody changes by hand in Grafana and in Prometheus is told on the Kit, and which way round', async ({
  page,
  demo,
}) => {
  test.setTimeout(300_000);
  await page.goto(`${demo.origin}/launches/the-block/kit`);
  const rowOf = (path: string) => page.getByRole('listitem').filter({ hasText: path }).first();
  await kitUntil(demo, rowOf(treasury), /Equal in Grafana\s*As the kit has it/);
  await demo.step('move threshold');
  await kitUntil(
    demo,
    rowOf(treasury),
    /Differs in Grafana\s*1 difference: Execution Lag \(p95\): threshold moved from 600 to 900/,
  );
  await expect(
    page.getByText(/\d of 11 files have drifted.*of 4 that run in Grafana or Prometheus/),
  ).toBeVisible();
  await page.getByRole('button', { name: treasury, exact: true }).click();
  await expect(
    page.getByText(/^The repository is as the kit has it; Grafana holds something else: Execution Lag/),
  ).toBeVisible();
  const difference = page.getByRole('row').filter({ hasText: 'threshold moved' });
  await expect(difference.getByRole('cell')).toHaveText([
    '300 and 600',
    '300 and 600',
    '300 and 900only here',
  ]);
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await demo.step('change rule');
  await kitUntil(
    demo,
    rowOf(rules),
    /Differs in Prometheus\s*1 difference: EnergyOracleStalled: “for” is 30m, not 1m/,
  );
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/show=drifted/);
  await expect(page.getByRole('button', { name: /^Drifted/ })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await demo.step('load rules');
  await demo.step('fix dashboards');
  await kitUntil(demo, rowOf(treasury), /Equal in Grafana\s*As the kit has it/);
});
