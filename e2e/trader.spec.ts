import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type Desk, startDesk } from './desk.ts';
import { test } from './journey.ts';
import {
  ask,
  confirm,
  order,
  readOutcome,
  readPreview,
  ready,
  send,
  sendButtonOf,
  ticketOf,
  write,
} from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * A trader's day in one page, on a market that stands still, so that every number on screen can be
 * compared with the engine's answer to the last unit.
 */
let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ pace: 'paused' });
});
test.afterAll(async () => {
  await desk?.stop();
});

const ordersOf = (page: Page) => page.getByRole('grid', { name: 'Open orders' });
const positionsOf = (page: Page) => page.getByRole('grid', { name: 'Positions' });

test('signs in, rests, fills as previewed, amends, cancels and flattens', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await expect(page.getByRole('button', { name: 'Trader 1' })).toBeVisible();

  await test.step('a limit order below the book rests', async () => {
    await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
    await write(page, { side: 'Buy', size: '0.5', isPostOnly: true });
    await ready(page);
    const preview = await readPreview(page);
    expect(preview.filledLots).toBe(0);
    expect(preview.restingLots).toBeGreaterThan(0);
    await send(page);
    await expect(ticketOf(page).getByText('Resting: order')).toBeVisible();
    await expect(ordersOf(page).locator('tr[data-order]')).toHaveCount(1);
  });

  await test.step('a market order fills exactly as the preview on screen said', async () => {
    await write(page, { side: 'Buy', type: 'Market', size: '1.5' });
    await ready(page);
    const preview = await readPreview(page);
    expect(preview.filledLots).toBeGreaterThan(0);
    await send(page);
    const values = await readOutcome(page, 'Filled: order');
    expect(values).toEqual([preview.filledLots, preview.notionalUsd, preview.feeUsd]);
    // What the account is now is what the preview said it would be: margin, free collateral and distance.
    await write(page, { side: 'Sell', type: 'Market', size: '0.1' });
    await ready(page);
    expect((await readPreview(page)).before).toEqual(preview.after);
    await expect(positionsOf(page).locator('tr[data-instrument="0"]')).toContainText('+1.5');
  });

  await test.step('an amendment in the row moves the order', async () => {
    const row = ordersOf(page).locator('tr[data-order]');
    const price = await row.locator('td').nth(7).textContent();
    await row.getByRole('button', { name: /^Amend/ }).click();
    const input = row.getByLabel('New price');
    const lower = Number((await input.inputValue()).replaceAll(',', '')) - 100;
    await input.fill(String(lower));
    await row.getByLabel('New size').fill('0.4');
    await order(page, /^Change order/, () => row.getByLabel('New size').press('Enter'));
    await expect(row.locator('td').nth(7)).not.toHaveText(price ?? '');
    await expect(row.locator('td').nth(5)).toContainText('0.4');
  });

  await test.step('a cancel takes it off', async () => {
    await ordersOf(page)
      .getByRole('button', { name: /^Cancel/ })
      .click();
    await page.mouse.move(700, 5);
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  await test.step('flatten shows its effect first and then closes the position', async () => {
    const dialog = await ask(page, /^Flatten BTC-PERP/, () =>
      positionsOf(page)
        .getByRole('button', { name: /^flat BTC-PERP/ })
        .click(),
    );
    await expect(dialog.getByText(/reviewed at seq|Previewed at seq/i)).toBeVisible();
    await confirm(page, /^Flatten BTC-PERP/);
    // The row stays while somebody points at it.
    await page.mouse.move(700, 5);
    await page.keyboard.press('q');
    await expect(page.getByText('No positions.')).toBeVisible();
    await page.getByRole('tab', { name: /^Fills/ }).click();
    await expect(page.getByRole('grid', { name: 'Fills' }).locator('tr[data-fill]').first()).toContainText(
      'taker',
    );
  });
});

test('stays signed in over a reload, key and account included', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/ETH-PERP`);
  await signIn(page, 'Trader');
  await page.getByLabel('Account').selectOption({ index: 1 });
  const chosen = await page.getByLabel('Account').inputValue();
  await page.reload();
  await expect(page.getByLabel('Account')).toHaveValue(chosen);
  await ticketOf(page).getByRole('button', { name: 'Price at ask' }).click();
  await write(page, { side: 'Buy', size: '1' });
  await ready(page);
  await expect(sendButtonOf(page)).toContainText('Review buy 1 ETH');
});

test('cancel all takes every order of the account off the market at one chord', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/SOL-PERP`);
  await signIn(page, 'Trader');
  await page.getByLabel('Account').selectOption({ index: 0 });
  for (const size of ['10', '20']) {
    await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
    await write(page, { side: 'Buy', size, isPostOnly: true });
    await send(page);
    await expect(
      ordersOf(page)
        .locator('tr[data-order]')
        .filter({ hasText: `${size}.` })
        .first(),
    ).toBeVisible();
  }
  await page.locator('body').click({ position: { x: 700, y: 15 } });
  await page.keyboard.press('Shift+X');
  await expect(page.getByText('All open orders cancelled.')).toBeVisible();
  await expect(page.getByText('No open orders.')).toBeVisible();
});

test('after a power cut the page says so, comes back by itself, and what rested still rests', async ({
  page,
}) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-cut-'));
  let own = await startDesk({ pace: 'paused', dataDir });
  try {
    await page.goto(`${own.origin}/trade/BTC-PERP`);
    await signIn(page, 'Trader');
    await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
    await write(page, { side: 'Buy', size: '0.75', isPostOnly: true });
    await send(page);
    const row = ordersOf(page).locator('tr[data-order]');
    await expect(row).toContainText('0.75');
    const accepted = await row.locator('time').textContent();
    await own.kill();
    await expect(page.getByRole('banner')).toContainText('offline');
    await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
    own = await startDesk({ pace: 'paused', dataDir, port: Number(new URL(own.origin).port) });
    // Sessions live in the process that died: the page says that nobody is signed in any more.
    await expect(sendButtonOf(page)).toContainText('Sign in to trade', { timeout: 30_000 });
    await signIn(page, 'Trader', true);
    await expect(row).toContainText('0.75');
    await expect(row.locator('time')).toHaveText(accepted ?? '');
  } finally {
    await own.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
  }
});
