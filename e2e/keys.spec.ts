import { expect, type Page } from '@playwright/test';
import { arm } from './arm.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import { openSettings } from './settingsPage.ts';
import { openStake } from './stake.ts';
import { listening, ticketOf } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Keys, and what one click may do: armed is seen, ends by itself and says why; the kill switch works from anywhere. */
const desk = stillDesk();

const badgeOf = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^(SAFE|ARMED)/ });
const lineOf = (page: Page) => page.getByRole('contentinfo');

async function armSeen(page: Page): Promise<void> {
  await arm(page);
  await expect(badgeOf(page)).toHaveAttribute('aria-pressed', 'true');
}

test('armed shows where one looks, and everything that takes the eye off it makes safe and says why', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await page.keyboard.press('`');
  await expect(lineOf(page)).toContainText('Sign in to arm.');
  await signIn(page, 'Trader');
  // A machine that stood still has made the page safe before, for a reason of its own: armed and done once more.
  const makesSafe = (act: () => Promise<unknown>, words: string) =>
    expect(async () => {
      await armSeen(page);
      await act();
      await expect(lineOf(page)).toContainText(words, { timeout: 2_000 });
      await expect(badgeOf(page)).toHaveText('SAFE');
    }).toPass();
  await makesSafe(() => page.keyboard.press('Escape'), 'Safe: Escape was pressed.');
  const blur = () => page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await makesSafe(blur, 'Safe: the window lost the focus.');
  const account = page.getByRole('banner').getByLabel('Account');
  const others = () => account.locator('option:not(:checked)').first().getAttribute('value');
  await makesSafe(async () => account.selectOption(await others()), 'Safe: another account was chosen.');
  const market = page.getByRole('navigation', { name: 'Other markets' }).getByRole('link').first();
  await makesSafe(() => market.click(), 'Safe: another market was opened.');
  // Last, because a page that is looked through for so long is made safe for having slept.
  await armSeen(page);
  expect(await violationsOf(page)).toEqual([]);
});

test('keys are shown, found and changed, and a key that is taken is refused with its holder', async ({
  page,
}) => {
  await openSettings(page, desk.origin);
  const change = (name: string) =>
    page.getByRole('button', { name: `Change the key of ${name}`, exact: true });
  await change('Buy').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await expect(page.getByText('S is taken by “Sell”.')).toBeVisible();
  await page.keyboard.press('Control+Shift+k');
  await expect(page.getByText('Ctrl Shift K is taken by “Kill switch”.')).toBeVisible();
  await page.keyboard.press('v');
  await expect(change('Buy')).toBeFocused();
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await listening(page);
  await page.keyboard.press('s');
  await expect(page.getByRole('radio', { name: 'Sell' })).toBeChecked();
  await page.keyboard.press('v');
  await expect(page.getByRole('radio', { name: 'Buy' })).toBeChecked();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.getByLabel('Find a key').fill('buy');
  await expect(sheet.getByRole('region', { name: 'Ticket' })).toContainText(/Buy\s*V/);
  await expect(sheet.getByText('Kill switch')).toBeHidden();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('the kill switch says what it will do, does it from inside a field, and reports what is left', async ({
  page,
}) => {
  await openStake(page, desk.origin);
  await ticketOf(page).getByLabel('Quantity', { exact: true }).focus();
  await page.keyboard.press('Control+Shift+K');
  const dialog = page.getByRole('dialog', { name: /^Kill switch/ });
  await expect(dialog).toContainText('1 open order and 0 triggers of this account are cancelled');
  await expect(dialog).toContainText('1 position stays open');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText(
    '1 position is closed with market orders that can only reduce: ▲ BTC-PERP',
  );
  await expect(lineOf(page)).toContainText(/feed\s+market paused/);
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('1 cancelled, 0 orders left, 0 positions left.');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
});
