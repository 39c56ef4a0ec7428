import { expect } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { choose, dialogOf, rowOf, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** A manager gives a group a tag and looks at the firm by strategy: each account once, under what it is for. */
const desk = stillDesk();

test('accounts are grouped by their tags, and held to one', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await expect(rowOf(page, 'Macro / Alts')).toBeVisible();
  // Nothing to choose by before there is a tag.
  await expect(page.getByRole('radio', { name: 'Strategy' })).toHaveCount(0);

  await test.step('a group is tagged at once', async () => {
    await choose(page, 'Macro', 'Tags…');
    const dialog = dialogOf(page, 'Strategy tags');
    await dialog.getByLabel('Tags, separated by commas').fill('carry');
    await dialog.getByRole('button', { name: 'Sign and do it' }).click();
    await signShown(page, 'Portfolio manager', 'carry');
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'Macro')).toContainText('carry');
  });

  await test.step('by strategy each account stands under its tag, and a strategy has no menu', async () => {
    await page.getByRole('group', { name: 'Accounts by' }).getByText('Strategy', { exact: true }).click();
    await expect(rowOf(page, 'carry')).toBeVisible();
    await expect(rowOf(page, 'no tag')).toBeVisible();
    await expect(rowOf(page, 'Macro / Alts')).toBeVisible();
    await expect(rowOf(page, 'Macro')).toHaveCount(0);
    await expect(rowOf(page, 'carry').getByRole('button', { name: /^Actions of/ })).toHaveCount(0);
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('held to one tag the others are not there', async () => {
    await page.getByRole('combobox', { name: 'tag' }).selectOption('carry');
    await expect(rowOf(page, 'no tag')).toHaveCount(0);
    await expect(rowOf(page, 'Macro / Alts')).toBeVisible();
    await page.getByRole('group', { name: 'Accounts by' }).getByText('Account', { exact: true }).click();
    await expect(rowOf(page, 'Macro')).toBeVisible();
    await expect(rowOf(page, 'Macro / Alts')).toBeVisible();
  });
  expect(complaints).toEqual([]);
});
