import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { openHedge } from './hedge.ts';
import { test } from './journey.ts';
import { order, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Positions, orders and histories as a professional keeps them: sorted, filtered, exported, and worked by keys. */
const desk = stillDesk();

const gridOf = (page: Page, name: string) => page.getByRole('grid', { name, exact: true });
const cellsOf = (grid: Locator, column: string) => grid.locator(`tbody td[data-column="${column}"]`);

async function csvOf(page: Page, name: string): Promise<string[][]> {
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: `CSV of ${name}` }).click();
  const text = readFileSync(await (await file).path(), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('a book of positions is sorted, grouped, filtered, exported, and left by its buttons', async ({
  page,
}) => {
  await openHedge(page, desk.origin);
  const positions = gridOf(page, 'Positions');
  const markets = cellsOf(positions, 'market');
  const nets = () => positions.locator('tr[data-instrument] td[data-column="net"] data');
  const netOf = (instrument: number) =>
    positions.locator(`tr[data-instrument="${instrument}"] td[data-column="net"] data`);

  await test.step('shares of the risk sum to the whole, the hedge is negative, and the order follows them', async () => {
    await expect(markets).toHaveText([/BTC-PERP/, /ETH-PERP/]);
    await expect(cellsOf(positions, 'share').first()).not.toContainText('−');
    await expect(cellsOf(positions, 'share').last()).toContainText('−');
    await expect(positions.locator('tfoot')).toContainText('100%');
    await expect(positions.locator('th').filter({ hasText: 'risk share' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  await test.step('a head sorts, a filter hides and says so, a group sums', async () => {
    await positions.getByRole('button', { name: /^market ?, sort$/ }).click();
    await positions.getByRole('button', { name: /^market ?, sort$/ }).click();
    await expect(markets).toHaveText([/ETH-PERP/, /BTC-PERP/]);
    await page.getByRole('button', { name: 'Filter Positions' }).click();
    await positions.getByLabel('Filter net').fill('<0');
    await expect(markets).toHaveText([/ETH-PERP/]);
    await positions.getByLabel('Filter net').fill('>1m');
    await expect(page.getByText('No row passes the filters: 2 hidden.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByLabel('Group Positions').selectOption('by asset');
    await expect(markets).toHaveText([/BTC 1/, /BTC-PERP/, /ETH 1/, /ETH-PERP/]);
    await page.getByLabel('Group Positions').selectOption('not grouped');
  });

  await test.step('columns are kept over a reload, and the file is the screen', async () => {
    await page.getByRole('button', { name: 'columns' }).first().click();
    await page
      .getByRole('group', { name: 'Columns of Positions' })
      .getByRole('checkbox', { name: 'carry 24 h' })
      .uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(netOf(0)).toBeVisible();
    await expect(positions.getByRole('button', { name: 'carry 24 h, sort' })).toHaveCount(0);
    const [head, ...rows] = await csvOf(page, 'Positions');
    expect(head).toContain('risk share');
    expect(head).not.toContain('carry 24 h');
    expect(rows.map(([market]) => market)).toEqual(['ETH-PERP', 'BTC-PERP']);
    expect(rows.map((row) => row[head!.indexOf('net')])).toEqual(['-200', '20']);
  });

  await test.step('half, reverse and flatten show what they do and then do it', async () => {
    await order(page, /^Halve BTC-PERP/, () =>
      positions.getByRole('button', { name: 'half BTC-PERP' }).click(),
    );
    await expect(netOf(0)).toHaveText(/^\+10\b/);
    await order(page, /^Reverse BTC-PERP/, () =>
      positions.getByRole('button', { name: 'reverse BTC-PERP' }).click(),
    );
    await expect(netOf(0)).toHaveText(/^−10\b/);
    await page.locator('body').click({ position: { x: 700, y: 15 } });
    await order(page, /^Flatten all 2 positions/, () => page.keyboard.press('Shift+F'));
    await expect(nets()).toHaveCount(0);
    await expect(page.getByText('No positions.')).toBeVisible();
  });
});

test('an order is amended and cancelled without a mouse, and the focus stays in its row', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  await write(page, { side: 'Buy', size: '0.5', isPostOnly: true });
  await send(page);
  const orders = gridOf(page, 'Open orders');
  const row = orders.locator('tr[data-order]');
  await expect(row).toHaveCount(1);
  await expect(row.locator('td[data-column="held"]')).toContainText('+');

  await row.locator('td[data-column="time"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('BTC-PERP');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(row.getByRole('button', { name: /^Amend/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const price = row.getByLabel('New price');
  await expect(price).toBeFocused();
  const lower = Number(await price.inputValue()) - 50;
  await price.fill(String(lower));
  await page.keyboard.press('Escape');
  await expect(price).toHaveCount(0);
  await row.getByRole('button', { name: /^Amend/ }).press('Enter');
  await row.getByLabel('New price').fill(String(lower));
  await order(page, /^Change order/, () => page.keyboard.press('Enter'));
  await expect(row.locator('td[data-column="price"]')).toContainText(lower.toLocaleString('en-US'));
  await row.locator('td[data-column="time"]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('cancelled');
});

test('ten thousand fills scroll with fewer than a hundred rows on the page', async ({ page }) => {
  const count = 10_000;
  await page.route('**/api/v1/accounts/*/fills?*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get('beforeSeq') ?? count + 1) - 1;
    const size = Math.min(from, Number(query.get('limit')));
    const fills = Array.from({ length: size }, (_, at) => fillAt(from - at));
    await route.fulfill({ json: { account: 0, fills } });
  });
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await page.getByRole('tab', { name: /^Fills/ }).click();
  const fills = gridOf(page, 'Fills');
  const drawn = fills.locator('tr[data-fill]');
  await expect(drawn.first()).toBeVisible();
  await drawn.first().locator('td').first().focus();
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Control+End');
        return Number(await fills.getAttribute('aria-rowcount'));
      },
      { timeout: 90_000, intervals: [100] },
    )
    .toBeGreaterThan(count);
  await page.keyboard.press('Control+End');
  await expect(fills.locator('tr[data-fill="1"]')).toBeVisible();
  expect(await drawn.count()).toBeLessThan(100);
  await expect(page.locator('tr[data-fill="1"] :focus, tr[data-fill="1"]:focus-within')).not.toHaveCount(0);
});

function fillAt(seq: number) {
  const trade = {
    tradeId: seq,
    orderId: seq,
    account: 0,
    instrument: 0,
    side: 'buy',
    priceTicks: 600_000 + seq,
  };
  return {
    ...trade,
    lots: 100,
    isMaker: true,
    feeUsd: 1,
    realizedPnlUsd: 0,
    seq,
    place: 0,
    timeMs: 1_767_571_200_000 + seq,
  };
}
