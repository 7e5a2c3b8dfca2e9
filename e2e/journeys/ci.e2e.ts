import { expect, type Locator } from '@playwright/test';
import { tokens } from '#e2e/vendors/start.ts';
import { type Demo, test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';
import { rowOf } from './rows.ts';

/** A first look of all sources, on a busy machine. */
const patient = { timeout: 90_000 };

/** Has the launch looked at again, as somebody who waits would, until a row says it: a red is to be seen twice. */
async function lookUntil(demo: Demo, row: Locator, says: string | RegExp): Promise<void> {
  await expect(async () => {
    const asked = await fetch(`${demo.origin}/api/launches/the-block/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scope: {} }),
    });
    expect(asked.ok).toBe(true);
    await expect(row).toContainText(says, { timeout: 3000 });
  }).toPass(patient);
}

test.use({ demoOf: 'CI' });

test('the grid shows red, flaky and skipped runs by strides, of both vendors', async ({ page, demo }) => {
  await page.goto(`${demo.board}/ci`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('CI: 2 of 2 workflows pass', patient);
  for (const [name, stride] of [
    ['GitHub, .github/workflows/fast-mainnet.yml', 'Replay'],
    ['GitLab mirror, .gitlab-ci.yml', 'replay'],
  ] as const) {
    const gate = page.getByRole('region', { name });
    const cells = (row: string, cell: string) =>
      gate
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
        .getByRole('img', { name: cell });
    await expect(cells(stride, 'failed').first()).toBeVisible();
    await expect(cells(stride, 'flaky')).toHaveCount(1);
    await expect(cells('The whole run', 'flaky')).toHaveCount(0);
  }
  const github = page.getByRole('region', { name: /^GitHub/ });
  await expect(github.getByRole('img', { name: 'skipped: does not count' })).toHaveCount(4);
  await expect(github.getByText('“Fast-mainnet gate” is required on main, by a ruleset.')).toBeVisible();
  await expectFit(page);
});

test('two runs are compared, and a link to them shows the same', async ({ page, demo }) => {
  await page.goto(`${demo.board}/ci`);
  const github = page.getByRole('region', { name: /^GitHub,/ });
  await github.getByText('Compare two runs').click();
  const compared = github.getByRole('region', { name: 'Two runs compared' });
  const failed = github.getByLabel('with').getByRole('option', { name: /^#101 / });
  await github.getByLabel('with').selectOption(await failed.innerText());
  await expect(compared).toContainText('2 of 8 strides ended differently.');
  const first = compared.getByRole('row').nth(1);
  await expect(first).toContainText('Replay');
  await expect(first.getByRole('img')).toHaveCount(2);
  await expectFit(page);
  await page.goto(page.url());
  await expect(compared).toContainText('2 of 8 strides ended differently.', patient);
});

test('the row on the board follows the gate: red, green again, flaky', async ({ page, demo }) => {
  test.setTimeout(300_000);
  await page.goto(demo.board);
  const row = rowOf(page, 'Gate green on three commits in a row');
  await lookUntil(demo, row, '3 of 3 commits');
  await demo.step('fail gate run');
  await lookUntil(demo, row, 'failed in “Replay”');
  await demo.step('fix gate run');
  await lookUntil(demo, row, '3 of 3 commits');
  await demo.step('flake gate run');
  await lookUntil(demo, row, 'on attempt 2');
});

test('a required check that is taken off, and a bound that is moved in Grafana, are red until they are put right', async ({
  page,
  demo,
}) => {
  test.setTimeout(300_000);
  await page.goto(demo.board);
  const required = rowOf(page, 'Gate required on main');
  const live = rowOf(page, 'Treasury dashboard live in Grafana');
  await lookUntil(demo, live, '6 of 6 panels');
  await demo.step('drop required');
  await demo.step('move threshold');
  await lookUntil(demo, live, '5 of 6 panels');
  await lookUntil(demo, required, /not required/i);
  await demo.step('require gate');
  await demo.step('fix dashboards');
  await lookUntil(demo, live, '6 of 6 panels');
  await lookUntil(demo, required, 'by a ruleset');
});

test('a source’s token is set and never shown, and its connection is tested', async ({
  page,
  demo,
  request,
}) => {
  await page.goto(`${demo.origin}/settings/sources`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sources: 6 of 6 answer', patient);
  await expect(async () => {
    await page.getByRole('button', { name: 'GitHub' }).click();
    await expect(page.getByRole('region', { name: 'GitHub' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  const panel = page.getByRole('region', { name: 'GitHub' });
  const field = panel.getByLabel('A new token, in place of the one before');
  await field.fill(tokens.github);
  const answered = page.waitForResponse((response) => response.url().endsWith('/token'));
  await panel.getByRole('button', { name: 'Rotate' }).click();
  expect(await (await answered).text()).not.toContain(tokens.github);
  await expect(field).toHaveValue('');
  await panel.getByRole('button', { name: 'Test connection' }).click();
  await expect(panel.getByText('Administration: read')).toBeVisible(patient);
  await expect(panel.getByText('granted')).toHaveCount(6);
  await expectFit(page);
  expect(await page.content()).not.toContain(tokens.github);
  expect(await (await request.get(`${demo.origin}/api/sources`)).text()).not.toContain(tokens.github);
});
