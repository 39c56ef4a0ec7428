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

test('what nobody has told yet is not told as nothing', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await expect(page.getByRole('region', { name: 'Orders' })).toContainText('Sign in to see your orders.');
  await expect(page.getByRole('region', { name: 'Positions' })).toContainText(
    'Sign in to see your positions.',
  );
  await expect(page.getByRole('button', { name: 'Cancel all –' })).toBeVisible();
  await expect(page.getByText('No open orders.')).toHaveCount(0);
});

test('a small screen says which moment it shows, and dims it when the desk falls silent', async ({
  page,
}) => {
  await openStake(page, desk.origin);
  await page.setViewportSize({ width: 390, height: 844 });
  const main = page.getByRole('main');
  const name = page.getByRole('region', { name: 'Positions' }).getByText(/BTC-PERP$/);
  await expect(name).toBeVisible();
  await expect(main.getByText(/^seq [\d,]+$/)).toBeVisible();
  await expect(main.getByText(/\d\d:\d\d:\d\d/)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const colour = () => name.evaluate((element) => getComputedStyle(element).color);
  const fresh = await colour();
  process.kill(desk.pid, 'SIGSTOP');
  try {
    await expect(main.getByText(/^held, [\d.]+ s/)).toBeVisible();
    await expect.poll(colour).not.toBe(fresh);
  } finally {
    process.kill(desk.pid, 'SIGCONT');
  }
  await expect.poll(colour).toBe(fresh);
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
