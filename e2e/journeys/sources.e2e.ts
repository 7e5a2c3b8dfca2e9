import { expect, type Locator, type Page } from '@playwright/test';
import { type Demo, test } from './demo-fixture.ts';
import { expectFit } from './fit.ts';

/** A first look of all sources, on a busy machine. */
const patient = { timeout: 90_000 };

test.use({ demoOf: 'sources' });

async function open(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.origin}/settings/sources`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sources: 6 of 6 answer', patient);
}

/** Goes on by the Tab key until what is meant has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 80; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The Tab key does not lead there.');
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

test('a source is moved by the keyboard: looked at first, unknown at once, and ready when it has answered', async ({
  page,
  demo,
}) => {
  test.setTimeout(300_000);
  await open(page, demo);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await press(page, button('Answering Node'));
  const panel = page.getByRole('region', { name: 'Node', exact: true });
  const old = await panel
    .getByText(/^http:\/\/127\.0\.0\.1:\d+$/)
    .first()
    .innerText();
  const there = old.replace('127.0.0.1', 'localhost');
  await press(page, button('Read it at another address'));
  await expect(panel.getByLabel('New address', { exact: true })).toBeFocused();
  await page.keyboard.type(there);
  await page.keyboard.press('Enter');
  await expect(panel.getByText('rests on it and is unknown from the move on')).toBeVisible(patient);
  await expect(panel.getByText('Paths')).toBeVisible();
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await press(page, button('Move the source'));
  await expect(panel.getByText(there, { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('6 of 6 answer', patient);
  const ledger = await fetch(`${demo.origin}/api/sources`);
  const { sources } = (await ledger.json()) as { sources: { address: string }[] };
  expect(sources.map(({ address }) => address)).not.toContain(old);
});

test('a source is changed in its spec and another is added, by the keyboard', async ({ page, demo }) => {
  test.setTimeout(300_000);
  await open(page, demo);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await press(page, button('Answering Grafana'));
  const panel = page.getByRole('region', { name: 'Grafana', exact: true });
  await expect(panel.getByText(/the-block.*, line \d+\./)).toBeVisible();
  await press(page, button('Change it in the spec'));
  const form = panel.getByRole('form', { name: /^Change it in the spec/ });
  await type(page, form.getByLabel('Answers within'), '7s');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('+     timeout: 7s')).toBeVisible();
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await press(page, button('Adopt the change'));
  await expect(panel.getByText('7s', { exact: true })).toBeVisible();
  await expect(form).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+Home');
  await page.reload();
  await press(page, button('Add a source'));
  const kind = page.getByLabel('Kind');
  await expect(kind).toBeFocused();
  await page.keyboard.type('HTTP');
  await type(page, page.getByLabel('Address', { exact: true }), `${demo.origin}/none`);
  await type(page, page.getByLabel('Id in the spec'), 'explorer');
  await type(page, page.getByLabel('Title', { exact: true }), 'Explorer');
  const adding = page.getByRole('region', { name: 'Add a source' });
  await press(page, adding.getByRole('button', { name: 'Test connection' }));
  await expect(adding.getByText(/^with status 404$/)).toBeVisible(patient);
  await press(page, adding.getByRole('button', { name: 'Show the difference' }));
  await expect(adding.getByText('+   explorer:')).toBeVisible();
  await expectFit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await press(page, button('Add the source'));
  await expect(button('Not read Explorer')).toBeVisible();
  await expect(page.getByText('No check reads it yet: it is not asked until one does.')).toBeVisible();
  await expect(page.getByText('explorer-answers:')).toBeVisible();
  await expectFit(page);
});
