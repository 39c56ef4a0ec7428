import { expect, type Locator, type Page } from '@playwright/test';
import { gripOf, lineOf, rest, ticksOf } from './chart.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { ask, confirm, order, send, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** What an entry will place when it fills: given, read, moved and taken away while it waits, all without a mouse. */
const desk = stillDesk();

const gridOf = (page: Page) => page.getByRole('grid', { name: 'Open orders' });
const noticesOf = (page: Page) => page.getByRole('region', { name: 'Notices' });
const cellOf = (row: Locator, column: string) => row.locator(`td[data-column="${column}"]`);

test('an open order is given a take profit and a stop from its row, which are moved on the chart and removed', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await rest(page, '0.5', 20);
  const entry = gridOf(page).locator('tr[data-order]');
  const orderId = await entry.getAttribute('data-order');
  const legs = gridOf(page).locator('tr[data-leg]');

  await test.step('Tab leads from its price to the exits it has not, and one signature sets both', async () => {
    await entry.getByRole('button', { name: /^Amend/ }).press('Enter');
    await expect(entry.getByLabel('New price')).toBeFocused();
    const bid = Number(await entry.getByLabel('New price').inputValue());
    await page.keyboard.press('Tab');
    await expect(gridOf(page).getByLabel(`New take profit of ${orderId}`)).toBeFocused();
    await page.keyboard.type('1%');
    await expect(legs.first()).toContainText(/= [\d,.]+/);
    await page.keyboard.press('Tab');
    await page.keyboard.type(String(bid - 200));
    const review = await ask(page, /^Change order/, () => page.keyboard.press('Enter'));
    await expect(review).toContainText(/to take profit at [\d,.]+ USDC, stop at [\d,.]+ USDC/);
    await confirm(page, /^Change order/);
    await expect(legs).toHaveText([/waits for its fill/, /waits for its fill/]);
    await expect(legs.first().getByText(`TP of ${orderId}`)).toBeVisible();
    // Under its entry, and the focus is where it was.
    await expect(gridOf(page).locator('tr[data-order] + tr[data-leg] + tr[data-leg]')).toHaveCount(1);
    await expect(legs.nth(1).locator(':focus')).toHaveCount(1);
  });

  const stop = lineOf(page, /^Stop of buy 0\.5 when it fills/);
  await test.step('held on the chart it says what it would lose, and that margin waits for the fill', async () => {
    const before = await ticksOf(stop);
    await order(page, /^Change order/, async () => {
      await gripOf(stop).focus();
      for (const key of ['Enter', 'PageDown']) await page.keyboard.press(key);
      await expect(stop).toContainText(/−10\d USD \(−0\.\d\d%\) if all of it fills, 210\.0 from its entry/);
      await expect(stop).toContainText('margin unchanged until it fills');
      await page.keyboard.press('Enter');
    });
    await expect.poll(() => ticksOf(stop)).toBe(before - 100);
    await noticesOf(page).getByRole('button', { name: 'Undo' }).press('Enter');
    await expect.poll(() => ticksOf(stop)).toBe(before);
  });

  await test.step('removed from its row it goes at once, from the chart too, and Undo brings it back', async () => {
    await legs
      .nth(1)
      .getByRole('button', { name: `Remove stop of ${orderId}` })
      .press('Enter');
    await expect(stop).toHaveCount(0);
    await expect(cellOf(legs.nth(1), 'state')).toHaveText('removed');
    await noticesOf(page).getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(stop).toHaveCount(1);
    await expect(cellOf(legs.nth(1), 'state')).toHaveText('waits for its fill');
  });

  await test.step('Delete on its line takes it away, an emptied field the other', async () => {
    await gripOf(stop).press('Delete');
    await expect(stop).toHaveCount(0);
    await legs
      .first()
      .getByRole('button', { name: /^Amend take profit/ })
      .press('Enter');
    await expect(gridOf(page).getByLabel(`New take profit of ${orderId}`)).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(legs.first()).toContainText('will be removed');
    await page.keyboard.press('Enter');
    await expect(lineOf(page, /when it fills/)).toHaveCount(0);
    await expect(entry).toContainText('working');
  });
});

test('a position that is flattened leaves its bracket, which is said and taken away at one press', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/ETH-PERP`);
  await signIn(page, 'Trader');
  await write(page, { type: 'Market', size: '2', takeProfit: '3%', stopLoss: '2%' });
  await send(page);
  await expect(page.getByRole('tab', { name: 'Triggers 2' })).toBeVisible();
  const positions = page.getByRole('grid', { name: 'Positions' });
  const flat = positions.getByRole('button', { name: /^flat ETH-PERP/ });
  await order(page, /^Flatten ETH-PERP/, () => flat.click());
  const notice = noticesOf(page).getByText('2 reduce-only orders are left on ETH-PERP.');
  await expect(notice).toBeVisible();
  await noticesOf(page).getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
  await expect(page.getByRole('tab', { name: 'Triggers 0' })).toBeVisible();
  await expect(notice).toHaveCount(0);
});
