import { expect } from '@playwright/test';
import { test } from './demo-fixture.ts';

const short = (commit: string) => commit.slice(0, 12);

test('the commit that was shown decides: a branch that moved meanwhile is refused and shown anew', async ({
  context,
  demo,
}) => {
  // A page of its own: the refusal stands in its console, and is meant to.
  const page = await context.newPage();
  await page.goto(demo.board);
  const first = await demo.commit();
  const dialog = page.getByRole('dialog', { name: 'Move the candidate' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Move candidate' }).click();
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  await dialog.getByRole('button', { name: 'Look' }).click();
  await expect(dialog.getByRole('status')).toContainText(short(first));

  const second = await demo.commit();
  const move = dialog.getByRole('button', { name: 'Move the candidate' });
  await move.click();
  await expect(dialog.getByRole('alert')).toContainText(
    `was shown as ${short(first)} and means ${short(second)}`,
  );
  await expect(dialog.getByRole('status')).toContainText(short(second));
  await move.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(second.slice(0, 7)).first()).toBeVisible();
  await page.close();
});
