import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { choose, dialogOf, rowOf } from './firm.ts';
import { test } from './journey.ts';
import { pressSend, review, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Whatever a dialog was opened by has the focus again once it is closed, in each of the ways it can be closed. */
const desk = stillDesk();

const signedInAs = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('the trader goes on where the dialog found them', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);

  await test.step('a sign-in that is left, and one whose button became another', async () => {
    const button = page.getByRole('button', { name: 'Sign in', exact: true });
    await button.click();
    await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    await signIn(page, 'Trader');
    await expect(signedInAs(page, 'Trader 1')).toBeFocused();
  });

  await test.step('one’s own session', async () => {
    await signedInAs(page, 'Trader 1').click();
    await page.getByRole('button', { name: 'Stay' }).click();
    await expect(signedInAs(page, 'Trader 1')).toBeFocused();
  });

  await test.step('a review that was sent', async () => {
    await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
    await write(page, { size: '0.1', isPostOnly: true });
    const size = ticketOf(page).getByLabel('Quantity', { exact: true });
    await size.focus();
    await pressSend(page, await review(page));
    await expect(ticketOf(page).getByRole('status')).toContainText('Resting: order');
    await expect(size).toBeFocused();
    await page.getByRole('button', { name: /^cancel all/ }).click();
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  await test.step('keys and the kill switch, closed by a button', async () => {
    const opener = signedInAs(page, 'Trader 1');
    await opener.focus();
    await page.keyboard.press('Control+Shift+K');
    await page.getByRole('button', { name: /^Leave everything/ }).click();
    await expect(opener).toBeFocused();
    await page.getByRole('button', { name: /^keys/ }).click();
    await dialogOf(page, 'Keys')
      .getByRole('button', { name: /^Close/ })
      .click();
    await expect(page.getByRole('button', { name: /^keys/ })).toBeFocused();
  });
});

test('the manager goes on in the row of the tree', async ({ page }) => {
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await choose(page, 'Macro', 'Rename…');
  await dialogOf(page, 'Rename').getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, 'Macro')).toBeFocused();
  await choose(page, 'Macro', 'Tags…');
  const dialog = dialogOf(page, 'Strategy tags');
  await dialog.getByLabel('Tags, separated by commas').fill('carry');
  await dialog.getByRole('button', { name: 'Sign and do it' }).click();
  const wallet = page.getByRole('dialog', { name: 'Portfolio manager wallet: Sign typed data' });
  await wallet.getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(dialog.getByRole('status')).toHaveText(/^Done/);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(rowOf(page, 'Macro')).toBeFocused();
});
