import { type Browser, expect, type Page } from '@playwright/test';
import type { AccountView } from '../engine/protocol/views/account.ts';
import { arm } from './arm.ts';
import { type Desk, startDesk } from './desk.ts';
import { test } from './journey.ts';
import { cellAt, type Row, readRows, walkTo } from './ladder.ts';
import { whole } from './quiet.ts';
import { order, ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Trading from the ladder, safe and armed, by mouse and by key, on a market that stands still. */
let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ pace: 'paused' });
  await whole(desk);
});
test.afterAll(async () => {
  await desk?.stop();
});

const ordersOf = (page: Page) => page.getByRole('grid', { name: 'Open orders' });
const saidOf = (page: Page) => page.getByRole('region', { name: 'Ladder' }).getByRole('status');

/** Signed in with a ladder that has both sides. */
async function openLadder(page: Page, person: 'Trader' | 'Portfolio manager'): Promise<Row[]> {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, person);
  await expect
    .poll(async () => (await readRows(page)).filter(([, bid]) => bid !== '').length)
    .toBeGreaterThan(4);
  return await readRows(page);
}

/** Prices of the bid side, best first. */
const bidsOf = (rows: readonly Row[]) => rows.filter(([, bid]) => bid !== '').map(([price]) => price);
const asksOf = (rows: readonly Row[]) => rows.filter(([, , ask]) => ask !== '').map(([price]) => price);

async function ownBidAt(page: Page, price: string): Promise<string> {
  return (await (await cellAt(page, price, 'own bid')).textContent()) ?? '';
}

/** Arms with small sizes for the two buttons. A page that a pause of the machine made safe meanwhile is armed again. */
async function armSmall(page: Page): Promise<void> {
  await page.mouse.move(700, 5);
  await expect(async () => {
    await arm(page);
    for (const [button, size] of [
      ['One click, BTC', '0.01'],
      ['Right click, BTC', '0.02'],
    ] as const) {
      await page.getByLabel(button).fill(size);
      await page.getByLabel(button).press('Enter');
    }
    await expect(page.getByText('1-CLICK 0.01')).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/**
 * Does something armed. A page that a pause of the machine made safe only asks for it: left, armed and done again. What
 * was sent is waited for as long as anything is: done twice it would stand there twice.
 */
async function armedUntil(page: Page, price: string, own: RegExp, act: () => Promise<void>): Promise<void> {
  await expect(async () => {
    if (own.test(await ownBidAt(page, price))) return;
    await page.keyboard.press('Escape');
    await arm(page);
    await act();
    await expect.poll(() => ownBidAt(page, price)).toMatch(own);
  }).toPass();
}

test('safe, a press writes the ticket; armed, each button sends its size, and orders move', async ({
  page,
}) => {
  const rows = await openLadder(page, 'Trader');
  const [, , from = '', to = '', further = ''] = bidsOf(rows);
  const ask = asksOf(rows).at(-2) ?? '';

  await test.step('a press on an ask writes a sale at that price and sends nothing', async () => {
    await (await cellAt(page, ask, 'ask')).click();
    await expect(ticketOf(page).getByRole('radio', { name: 'Sell' })).toBeChecked();
    await expect(ticketOf(page).getByLabel('Limit', { exact: true })).toHaveValue(
      new RegExp(`^${ask.replaceAll(',', ',?')}`),
    );
    await expect(page.getByText('No open orders.')).toBeVisible();
  });

  await test.step('armed, the left button places the first size and the right one the second', async () => {
    await armSmall(page);
    await expect.poll(() => ownBidAt(page, from)).toBe('');
    const press = async (button: 'left' | 'right') => (await cellAt(page, from, 'bid')).click({ button });
    await armedUntil(page, from, /^0\.01(q [\d.]+|first)$/, () => press('left'));
    await armedUntil(page, from, /^0\.03×2/, () => press('right'));
  });

  await test.step('dragged, both stand at the other price, and one press takes it back', async () => {
    await armedUntil(page, to, /^0\.03×2/, async () => {
      await (await cellAt(page, from, 'own bid')).hover();
      await page.mouse.down();
      await (await cellAt(page, to, 'own bid')).hover();
      await expect.poll(() => ownBidAt(page, to)).toBe('drop here');
      await page.mouse.up();
    });
    // Offered for five seconds, and as long as it is pointed at.
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).first();
    await undo.hover();
    await expect.poll(() => ownBidAt(page, from)).toBe('');
    await undo.click();
    await expect.poll(() => ownBidAt(page, from)).toMatch(/^0\.03×2/);
  });

  await test.step('by key they are carried; Escape leaves them and makes safe; safe, a move is reviewed', async () => {
    await walkTo(page, from, 'own bid');
    await page.keyboard.press('m');
    await expect(saidOf(page)).toContainText('Picked up');
    await page.keyboard.press('Escape');
    await expect(saidOf(page)).toHaveText('Left where it was.');
    await expect(page.getByText('1-CLICK')).toBeHidden();
    await order(page, /^Move 2 orders to /, async () => {
      await walkTo(page, from, 'own bid');
      await page.keyboard.press('m');
      await walkTo(page, further, 'own bid');
      await page.keyboard.press('m');
    });
    await expect.poll(() => ownBidAt(page, further)).toMatch(/^0\.03×2/);
  });

  // The next journey finds an empty account.
  await page.keyboard.press('Shift+X');
  await expect.poll(() => ownBidAt(page, further)).toBe('');
});

test('the place in the queue is the engine’s to the last lot, and falls when somebody else trades before it', async ({
  page,
  browser,
}) => {
  await openLadder(page, 'Trader');
  await page.getByLabel('step', { exact: true }).selectOption('1');
  await ticketOf(page).getByRole('button', { name: 'Price at bid' }).click();
  await write(page, { side: 'Buy', size: '0.5', isPostOnly: true });
  await send(page);
  await expect(ordersOf(page).locator('tr[data-order]')).toHaveCount(1);
  const before = await showsQueue(page);
  expect(before).toBeGreaterThan(100);

  await sellAtMarket(browser, '0.01');
  // At least what was sold is gone from before it; makers who quote anew go behind it.
  await expect.poll(async () => (await queueOf(page)).lotsAhead).toBeLessThanOrEqual(before - 100);
  expect(await showsQueue(page)).toBeLessThanOrEqual(before - 100);
});

/** The first order of the trader, as the engine sees it. */
async function queueOf(page: Page): Promise<{ lotsAhead: number; price: string }> {
  const account = await page.getByLabel('Account', { exact: true }).inputValue();
  const first = async () => {
    const answer = await page.request.get(`${desk.origin}/api/v1/accounts/${account}`);
    return ((await answer.json()) as AccountView).orders[0];
  };
  // The page hears of an order from the writer; the engine that is asked here follows it.
  await expect.poll(first).toBeDefined();
  const order = await first();
  const price = (order!.priceTicks / 10).toFixed(1).replace(/\B(?=(\d{3})+\.)/g, ',');
  return { lotsAhead: order!.lotsAhead, price };
}

/**
 * The row of the order says the engine's number, read out to the last lot. Makers before it that were met step back one
 * by one, a moment after the trade: engine and row are asked until they speak of the same moment.
 *
 * @returns lots ahead, as both say
 */
async function showsQueue(page: Page): Promise<number> {
  let shown = Number.NaN;
  await page.keyboard.press('c');
  await expect(async () => {
    const { lotsAhead, price } = await queueOf(page);
    const exact = (lotsAhead / 10_000).toFixed(4);
    const words = lotsAhead === 0 ? 'first in the queue' : `${exact} ahead`;
    await walkTo(page, price, 'own bid');
    await expect(saidOf(page)).toContainText(`own bid 0.5000, ${words}`, { timeout: 1_000 });
    const short = lotsAhead === 0 ? 'first' : `q ${String(Number(exact)).slice(0, 4)}`;
    expect(await ownBidAt(page, price)).toContain(short);
    shown = lotsAhead;
  }).toPass();
  return shown;
}

/** Somebody else, in a browser of their own; the tape marks the print as theirs. */
async function sellAtMarket(browser: Browser, size: string): Promise<void> {
  const context = await browser.newContext();
  const other = await context.newPage();
  await openLadder(other, 'Portfolio manager');
  await other.getByLabel('Account', { exact: true }).selectOption({ index: 1 });
  await write(other, { side: 'Sell', type: 'Market', size });
  await ready(other);
  await send(other);
  await expect(ticketOf(other).getByText('Filled: order')).toBeVisible();
  const newest = other
    .getByRole('table', { name: /^Trades/ })
    .locator('tbody tr')
    .first();
  await expect(newest).toHaveAttribute('data-marks', /sold.*own/);
  await context.close();
}
