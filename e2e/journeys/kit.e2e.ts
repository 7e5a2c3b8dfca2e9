import { expect } from '@playwright/test';
import { test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

const kit = '/launches/the-block/kit';
const checklist = `# Launch list

## Treasury

- [x] Metrics emitted
  - [ ] \`treasury_balance\` is scraped
- [ ] Runbook written

## Energy

- [ ] Dashboard \`monitoring/grafana_energy_dashboard.json\` imported
`;

test('the kit stands beside the repository: what differs is told by meaning', async ({ page, demo }) => {
  await page.goto(demo.board);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Keys count once the page has come alive.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await expect(page).toHaveURL(/\/kit$/, { timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /Kit: \d+ of \d+ files in the repository as the spec/,
  );
  await expect(page.getByText(/\d+ differ.*Files are compared by what they say/)).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: 'Differs' }).first();
  await row.getByRole('button').click();
  await expect(page.getByRole('columnheader', { name: 'Why it matters' })).toBeVisible();
  await page.getByRole('button', { name: 'Compare lines' }).click();
  await expect(page.getByText(/lines go, \d+ come/)).toBeVisible();
});

test('one file, all of them and a patch are downloaded', async ({ page, demo, request }) => {
  await page.goto(demo.origin + kit);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download monitoring\/grafana_treasury_dashboard\.json/ }).click();
  expect((await downloading).suggestedFilename()).toBe('grafana_treasury_dashboard.json');
  const zip = await request.get(`${demo.origin}/api${kit}/zip`);
  expect((await zip.body()).subarray(0, 2).toString('latin1')).toBe('PK');
  const patch = await request.get(`${demo.origin}/api${kit}/patch`);
  expect(await patch.text()).toContain('diff --git a/');
});

test('a dashboard is drawn from live data, and the screen stays within its window and axe', async ({
  page,
  demo,
}) => {
  await page.goto(`${demo.origin}${kit}?file=monitoring/grafana_treasury_dashboard.json`);
  await page.getByRole('button', { name: 'Draw it from live data' }).click();
  await expect(page.getByText(/\d+ of 6 panels have data/)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Panels of Treasury' }).getByRole('listitem')).toHaveCount(6);
  await expectFit(page);
});

test('a checklist that is pasted becomes a draft, and a bad file takes nothing away', async ({
  page,
  demo,
  request,
}) => {
  await page.goto(demo.origin);
  await page.getByRole('link', { name: 'Import a checklist' }).click();
  const field = page.getByLabel('The checklist, as Markdown');
  await field.fill(checklist);
  const binary = { name: 'list.md', mimeType: 'text/markdown', buffer: Buffer.from([0xff, 0xfe, 0x00]) };
  await page.getByLabel('Or a file').first().setInputFiles(binary);
  await expect(page.getByText('list.md is no UTF-8 text. What stands above is as it was.')).toBeVisible();
  await expect(field).toHaveValue(checklist);
  const refused = await request.post(`${demo.origin}/api/import`, {
    data: { document: { content: 'Nothing that could become an item.', name: 'a.md' } },
  });
  expect(refused.status()).toBe(422);
  expect(await refused.text()).toContain('Nothing in it could become an item');
  await page.getByRole('button', { name: 'Read it in' }).click();
  await expect(page.getByText(/4 boxes, 1 ticked: 2 tracks/)).toBeVisible();
  await page.getByRole('button', { name: 'Adopt this draft' }).click();
  await expect(page.getByLabel('The spec, as YAML')).toHaveValue(/format: big-green\/v1/);
  await expectFit(page);
});

test('the checklist’s history is read out of Git when it is asked for', async ({ page, demo }) => {
  await page.goto(`${demo.origin}/launches/the-block/items/readiness-checklist`);
  await page.getByText('The checklist’s history').click();
  await expect(page.getByText(/1 version: 26 of 38 boxes done/)).toBeVisible();
});
