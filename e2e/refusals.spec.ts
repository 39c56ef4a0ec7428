import { expect, type Page } from '@playwright/test';
import { type Desk, startDesk } from './desk.ts';
import { test } from './journey.ts';
import { startRelay } from './relay.ts';
import { watchFor } from './sighting.ts';
import { order, pressSend, ready, review, send, sendButtonOf, ticketOf, write } from './ticket.ts';
import { announceOutsideWallet, signIn } from './wallet.ts';

/** Each refusal as the person sees it: a code, a sentence, and nothing changed. */
let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ pace: 'paused' });
});
test.afterAll(async () => {
  await desk?.stop();
});

const messages = (page: Page) => ticketOf(page).getByRole('status');

test.describe('a signed-in trader', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(`${desk.origin}/trade/BTC-PERP`);
    await signIn(page, 'Trader');
    await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  });

  test('cannot order more than one owner may hold, and is shown the most it may', async ({ page }) => {
    const refusal = messages(page).getByText('cap.ownerShare');
    await write(page, { size: '1000' });
    await expect(refusal).toBeVisible();
    await expect(messages(page)).toContainText('would pass what one owner may hold of it');
    await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
    // The way out: the largest size that the engine's copy accepts, and one lot more it does not.
    await page.getByRole('button', { name: /^Use .*, the most that passes$/ }).click();
    await ready(page);
    const most = Number(await page.getByLabel('Quantity', { exact: true }).inputValue());
    expect(most).toBeLessThan(1000);
    await expect(ticketOf(page).getByRole('button', { name: /^Quantity max/ })).toHaveAccessibleDescription(
      /One lot more: .* would pass what one owner may hold of it/,
    );
    await write(page, { size: (most + 0.0001).toFixed(4) });
    await expect(refusal).toBeVisible();
    await write(page, { size: most.toFixed(4) });
    await send(page);
    await expect(page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]')).toHaveCount(1);
    await page.getByRole('button', { name: /^cancel all/ }).click();
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  test('cannot send a price between two ticks, and sees the ticks around it', async ({ page }) => {
    await write(page, { size: '0.1', price: '60000.12345' });
    await expect(ticketOf(page).getByText(/^Off tick: /)).toBeVisible();
    await expect(messages(page)).toContainText('The price is not a multiple of the tick.');
    await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('cannot send a price outside the band', async ({ page }) => {
    await write(page, { size: '0.1', price: '20000' });
    await expect(messages(page)).toContainText('order.priceOutOfBand');
    await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('may send a post-only order that would cross, and the engine refuses it', async ({ page }) => {
    await ticketOf(page).getByRole('button', { name: 'Price at ask' }).click();
    await write(page, { size: '0.1', isPostOnly: true });
    await expect(messages(page)).toContainText('order.postOnlyWouldCross');
    await send(page);
    await expect(messages(page)).toContainText(/Rejected at seq [\d,]+: order\.postOnlyWouldCross\./);
    await expect(messages(page)).toContainText('Nothing was placed.');
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  test('cannot amend an order out of the band: the row stays as it was', async ({ page }) => {
    await write(page, { size: '0.1', isPostOnly: true });
    await send(page);
    const row = page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]');
    await expect(row).toContainText('working');
    const price = await row.locator('td').nth(7).textContent();
    await row.getByRole('button', { name: /^Amend/ }).click();
    await row.getByLabel('New price').fill('20000');
    await row.getByLabel('New price').press('Enter');
    await expect(page.getByText('your limit is 20.0%')).toBeVisible();
    await row.getByLabel('New price').fill('56000');
    await order(page, /^Change order/, () => row.getByLabel('New price').press('Enter'));
    await expect(page.getByText('Refused: order.priceOutOfBand.')).toBeVisible();
    await row.getByLabel('New price').press('Escape');
    await expect(row.locator('td').nth(7)).toHaveText(price ?? '');
    await page.keyboard.press('Shift+X');
    // The row keeps its place while the pointer is over it, and says that its order is gone.
    await expect(row).toContainText('cancelled');
    await page.mouse.move(700, 15);
    await page.keyboard.press('q');
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  test('reads a reduce-only refusal when there is nothing to reduce', async ({ page }) => {
    await write(page, { type: 'Market', size: '0.1', isReduceOnly: true });
    await expect(messages(page)).toContainText('order.reduceOnlyWouldIncrease');
  });
});

test('who is not signed in reads that, and nothing can be sent', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await expect(sendButtonOf(page)).toContainText('Sign in to trade');
  await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('Sign in to see your orders.')).toBeVisible();
});

test('a firm owner looks at the account and may not trade on it', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Firm owner');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  await write(page, { size: '0.1' });
  await expect(sendButtonOf(page)).toContainText('Not permitted');
  await expect(messages(page)).toContainText('may look at this account, not trade on it.');
});

test('a wallet that says no leaves the person signed out, with the reason', async ({ page }) => {
  await announceOutsideWallet(page, 'reject');
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Outside/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'You rejected the request in your wallet.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('a wallet on another chain is asked to switch and its no is told', async ({ page }) => {
  await announceOutsideWallet(page, 'wrongChain');
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Outside/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'This desk is on chain 31337, your wallet is not.',
  );
});

test('an approval that was altered on its way is refused by the desk', async ({ page }) => {
  await announceOutsideWallet(page, 'tamper');
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Outside/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('The signature does not match');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Approve trading key' })).toBeVisible();
});

test('an outside wallet signs in and trades like a role wallet', async ({ page }) => {
  await announceOutsideWallet(page, 'approve');
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Outside/ }).click();
  await expect(page.getByRole('button', { name: 'Trader 1' })).toBeVisible();
  await write(page, { type: 'Market', size: '0.01' });
  await ready(page);
});

test('a desk that stops talking is stale within two seconds, blocks the ticket, and recovers by itself', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await write(page, { type: 'Market', size: '0.01' });
  await ready(page);
  const blocked = await watchFor(page, [
    {
      at: 'button[aria-keyshortcuts="Control+Enter"][aria-disabled="true"]',
      says: /^Blocked: feed \d\.\d s old/,
    },
  ]);
  const frozenMs = Date.now();
  desk.freeze();
  await blocked.seenWithin(2_000, frozenMs);
  desk.thaw();
  await ready(page);
  await expect(sendButtonOf(page)).toContainText('Review buy 0.01 BTC');
});

test('an order whose answer takes too long is dashed, said to be late, and then settles', async ({
  page,
}) => {
  const relay = await startRelay(desk.origin);
  await page.goto(`${relay.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  await write(page, { size: '0.25', isPostOnly: true });
  const dialog = await review(page);
  const late: (() => void)[] = [];
  relay.passage = (message, pass) => {
    if (/^(answer|account)/.test(message.type)) late.push(() => pass(message));
    else pass(message);
  };
  await pressSend(page, dialog);
  const orders = page.getByRole('grid', { name: 'Open orders' });
  await expect(orders.locator('tr[data-pending="sent"]')).toContainText('0.25');
  await expect(messages(page)).toContainText('Taking longer than expected.');
  await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
  relay.passage = undefined;
  for (const pass of late) pass();
  await expect(messages(page)).toContainText(/Resting: order \d+ at seq/);
  await expect(orders.locator('tr[data-pending]')).toHaveCount(0);
  await expect(orders.locator('tr[data-order]')).toHaveCount(1);
  await orders.getByRole('button', { name: /^Cancel order/ }).click();
  await relay.close();
});
