import { expect } from '@playwright/test';
import { movingDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { startRelay } from './relay.ts';
import { ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** What every page must be, whoever looks: readable by machines, usable by keyboard, quiet, light. */
const desk = movingDesk();

test('the trade page has no axe violation, no policy report and no error, before and after signing in', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await expect(ticketOf(page)).toBeVisible();
  await expect(page.getByRole('contentinfo').getByText(/^seq/)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Trader/ })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await signIn(page, 'Trader');
  await write(page, { type: 'Market', size: '0.5' });
  await ready(page);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('status and missing pages have no axe violation and no error', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/status`);
  await expect(page.getByRole('table', { name: 'Health of the desk' })).toContainText('ok');
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.goto(`${desk.origin}/trade/NO-SUCH`);
  await expect(page.getByText('There is no such market.')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test('a trader without a mouse signs in, writes, sends, cancels', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  const signInButton = page.getByRole('button', { name: 'Sign in', exact: true });
  await expect(signInButton).toBeEnabled();
  await signInButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Trader/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (const title of ['Connect', 'Sign a message', 'Sign typed data']) {
    const wallet = page.getByRole('dialog', { name: `Trader wallet: ${title}` });
    await expect(wallet.locator(':focus')).toHaveCount(1);
    // The wallet's no has the focus: an Enter too many signs nothing.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Trader 1' })).toBeVisible();
  // While a dialog is open no key of the desk is heard.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('q');
  await expect(ticketOf(page).getByLabel('Quantity', { exact: true })).toBeFocused();
  await page.keyboard.type('0.2');
  await page.keyboard.press('Tab');
  await expect(page).toHaveTitle(/[\d,]{4,}/);
  const mark = Number((await page.title()).match(/[\d,]+/)?.[0].replaceAll(',', ''));
  await page.keyboard.type(String(Math.floor(mark * 0.98)));
  await send(page);
  await expect(page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Cancel order/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('tr[data-order]')).toContainText('cancelled');
  // The row stays while the focus is in it; a key takes the focus to the ticket.
  await page.keyboard.press('q');
  await expect(page.getByText('No open orders.')).toBeVisible();
});

test('what a desk that went silent had said can still be read', async ({ page }) => {
  const relay = await startRelay(desk.origin);
  try {
    await page.goto(`${relay.origin}/trade/BTC-PERP`);
    await signIn(page, 'Trader');
    await write(page, { type: 'Market', size: '0.5' });
    await send(page);
    await expect(page.getByRole('grid', { name: 'Positions' })).toContainText('BTC-PERP');
    relay.cut();
    for (const pane of [/^Positions/, /^Margin /])
      await expect(page.getByRole('region', { name: pane })).toContainText(/[\d.]+ s old/);
    expect(await violationsOf(page)).toEqual([]);
  } finally {
    await relay.close();
  }
});
