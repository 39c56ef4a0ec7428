import { expect } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { openStake } from './stake.ts';
import { order, ticketOf } from './ticket.ts';
import { openSettlement, regionOf } from './vault.ts';

/** On a telephone a desk is watched, cancelled and flattened, nothing is opened, and one can leave. */
const desk = stillDesk();

test('a small screen shows what is at stake, cancels, and flattens after its review', async ({ page }) => {
  const complaints = await listen(page);
  await openStake(page, desk.origin);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(ticketOf(page)).toBeHidden();
  const positions = page.getByRole('region', { name: 'Positions' });
  const orders = page.getByRole('region', { name: 'Orders' });
  await expect(positions).toContainText('BTC-PERP');
  await expect(orders).toContainText('buy BTC-PERP');
  for (const name of ['Equity', 'Free', 'MM of equity', 'Distance'])
    await expect(page.getByRole('main')).toContainText(name);
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const button of await page
    .getByRole('main')
    .getByRole('button', { name: /^(Flatten|Cancel)/ })
    .all())
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);

  await orders.getByRole('button', { name: /^Cancel order/ }).click();
  await expect(orders).toContainText('No open orders.');
  await order(page, /^Flatten BTC-PERP$/, () =>
    positions.getByRole('button', { name: 'Flatten BTC-PERP' }).click(),
  );
  await expect(positions).toContainText('No positions.');
  expect(complaints).toEqual([]);
});

test('the way out and what it means stand on the smallest screen, whole', async ({ page }) => {
  const complaints = await listen(page);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await openSettlement(page, desk.origin, 'Firm owner');
  await page.setViewportSize({ width: 360, height: 740 });
  const exit = regionOf(page, 'Exit kit');
  await expect(exit).toContainText(/3 of 3 accounts, root #\d+/, { timeout: 60_000 });
  for (const name of [/^Download exit kit/, 'Address list', 'Force withdrawal']) {
    await exit.getByRole('button', { name }).scrollIntoViewIfNeeded();
    await expect(exit.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }
  expect(await width()).toBe(360);
  expect(await violationsOf(page)).toEqual([]);
  await exit.getByRole('link', { name: 'how' }).click();
  await expect(page.getByRole('article', { name: 'Settlement, explained' })).toContainText(
    '2 of 3 machines must sign',
  );
  expect(await width()).toBe(360);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
