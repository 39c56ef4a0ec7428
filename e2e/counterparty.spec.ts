import { expect, type Page } from '@playwright/test';
import type { MarketsView } from '../engine/protocol/views/health.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { readRows } from './ladder.ts';
import { startRelay } from './relay.ts';
import { pressSend, review, send, ticketOf, write } from './ticket.ts';
import { heardTones, hearTones } from './tones.ts';
import { signIn } from './wallet.ts';

/**
 * Two firms, two browsers, one order between them: what the one does, the other sees without asking. The market stands
 * still, and of a future the makers quote far apart: an order between their quotes is met by the other person alone.
 */
const desk = stillDesk();

const ordersOf = (page: Page) => page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]');
const cell = (page: Page, column: string) => ordersOf(page).locator(`td[data-column="${column}"]`);
const outcome = (page: Page) => ticketOf(page).getByRole('status');
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });

test('an order is partly filled, then filled, by a person of another firm, and each screen says so', async ({
  page,
}) => {
  // A machine that is busy for two seconds loses the line for a moment: that is not what is listened for.
  const kinds = { connection: { isOn: false, volumePercent: 100 } };
  await hearTones(page, { isOn: true, volumePercent: 50, kinds });
  const { other, price } = await openPair(page, desk.origin);
  await write(page, { side: 'Buy', size: '0.5', price, isPostOnly: true });
  await send(page);
  await expect(cell(page, 'state')).toHaveText('working');
  await expect(cell(page, 'queue')).toHaveText('q 0 first');
  await expect.poll(() => ownBid(page)).toContain('0.5');

  await test.step('a part of it', async () => {
    await write(other, { side: 'Sell', size: '0.2', price, life: 'IOC' });
    await send(other);
    await expect(outcome(other)).toContainText('Filled: order');
    await expect(notices(page)).toContainText(/Partly filled: bought 0\.20+ BTC at .* 0\.30+ BTC open\./);
    await expect(cell(page, 'state')).toHaveText('partly filled');
    await expect(cell(page, 'filled')).toHaveText(/^0\.20+$/);
    await expect(cell(page, 'open')).toHaveText(/^0\.30+$/);
    await expect.poll(() => ownBid(page)).toContain('0.3');
    await expect(page.getByRole('grid', { name: 'Positions' })).toContainText('+0.2');
    await expect(page.getByRole('row', { name: /Own fills/ })).toContainText('bought 0.2 at');
    await expect.poll(() => heardTones(page)).toEqual([660]);
  });

  await test.step('the rest, and the taker’s own rest stays', async () => {
    await write(other, { side: 'Sell', size: '0.4', price, life: 'GTC' });
    await send(other);
    await expect(outcome(other)).toContainText(
      /Partly filled: order .* Filled 0\.30+ BTC .* 0\.10+ BTC open\./,
    );
    await expect(cell(other, 'state')).toHaveText('partly filled');
    await expect(notices(page)).toContainText(/Filled: bought 0\.30+ BTC at/);
    await expect(page.getByText('No open orders.')).toBeVisible();
    await expect.poll(() => ownBid(page)).toBe('');
    await expect(page.getByRole('grid', { name: 'Positions' })).toContainText('+0.5');
    // In the row of the first fill, or in one of its own when a minute has begun between them.
    await expect(page.getByRole('row', { name: /Own fills.*bought 0\.3 at/ })).toHaveCount(1);
    await expect.poll(() => heardTones(page)).toEqual([660, 660, 880]);
  });

  await test.step('what is taken off was cancelled', async () => {
    await cell(other, 'actions')
      .getByRole('button', { name: /^Cancel/ })
      .press('Enter');
    await expect(notices(other)).toContainText(/Order \d+ cancelled\./);
    await expect(cell(other, 'state')).toHaveText('cancelled');
  });
  await other.context().close();
});

test('what runs out has expired, and says how much of it was filled', async ({ page }) => {
  const { other, price } = await openPair(page, desk.origin);
  // What it meets rests already: nobody has to be in time.
  await write(other, { side: 'Sell', size: '0.1', price });
  await send(other);
  await expect(outcome(other)).toContainText('Resting: order');
  await write(page, { side: 'Buy', size: '0.3', price, life: 'GTT' });
  await ticketOf(page).getByLabel('Minutes it lives').fill('0.15');
  await send(page);
  await expect(cell(page, 'terms')).toContainText('GTT');
  // A row that somebody is on stays to say how its order ended.
  await cell(page, 'time').focus();
  await expect(cell(page, 'state')).toHaveText('partly filled');
  await expect(notices(page)).toContainText(
    /Order \d+ partly filled, the rest expired\. Its time ran out\. 0\.10+ BTC of 0\.30+ BTC was filled\./,
  );
  await expect(cell(page, 'state')).toHaveText('expired');
  await other.context().close();
});

test('whoever loses a race reads why', async ({ page }) => {
  const relay = await startRelay(desk.origin);
  const { other, price } = await openPair(page, relay.origin);
  for (const count of [1, 2]) {
    await write(page, { side: 'Buy', size: '0.2', price, isPostOnly: true });
    await send(page);
    await expect(outcome(page)).toContainText('Resting: order');
    // The words may still be those of the order before.
    await expect(ordersOf(page)).toHaveCount(count);
  }

  await test.step('a taker, when the order was taken off while it was reviewed', async () => {
    await write(other, { side: 'Sell', size: '0.4', price, life: 'FOK' });
    const dialog = await review(other);
    await cell(page, 'actions')
      .first()
      .getByRole('button', { name: /^Cancel/ })
      .press('Enter');
    await expect(notices(page)).toContainText(/Order \d+ cancelled\./);
    await pressSend(other, dialog);
    await expect(outcome(other)).toContainText(/Rejected at seq [\d,]+: order\.fokNotFillable\./);
    await expect(outcome(other)).toContainText('Nothing was placed.');
  });

  await test.step('a maker, who cancels what was met before the news of it came', async () => {
    const held: (() => void)[] = [];
    relay.passage = (message, pass) => {
      // A delta that is missed is asked for again, as a snapshot.
      if (message.type === 'accountDelta' || message.type === 'accountSnapshot')
        held.push(() => pass(message));
      else pass(message);
    };
    await write(other, { side: 'Sell', size: '0.2', price, life: 'FOK' });
    await send(other);
    await expect(outcome(other)).toContainText('Filled: order');
    await cell(page, 'actions')
      .last()
      .getByRole('button', { name: /^Cancel/ })
      .press('Enter');
    await expect(notices(page)).toContainText('Refused: order.unknown.');
    relay.passage = undefined;
    for (const pass of held) pass();
    await expect(notices(page)).toContainText(/Filled: bought 0\.20+ BTC/);
  });
  await test.step('and who was away for the end of an order reads how it ended', async () => {
    await write(page, { side: 'Buy', size: '0.3', price, isPostOnly: true });
    await send(page);
    await expect(cell(page, 'state')).toHaveText('working');
    const orderId = await ordersOf(page).getAttribute('data-order');
    await cell(page, 'time').focus();
    relay.passage = (message, pass) => {
      if (message.type !== 'accountDelta' && message.type !== 'accountSnapshot') pass(message);
    };
    await write(other, { side: 'Sell', size: '0.1', price, life: 'IOC' });
    await send(other);
    await expect(outcome(other)).toContainText('Filled: order');
    await cell(page, 'actions')
      .getByRole('button', { name: /^Cancel/ })
      .dispatchEvent('click');
    // The order that was cancelled before it may still be told of: until this one is, nothing may pass.
    await expect(notices(page)).toContainText(`Order ${orderId} cancelled.`);
    relay.passage = undefined;
    await expect(notices(page)).toContainText(
      /Order \d+ partly filled, the rest cancelled\. 0\.10+ BTC of 0\.30+ BTC was filled\./,
    );
    await expect(cell(page, 'state')).toHaveText('cancelled');
    await expect(cell(page, 'filled')).toHaveText(/^0\.10+$/);
  });
  await other.context().close();
  await relay.close();
});

interface Pair {
  /** Somebody of another firm, in a browser of their own. */
  other: Page;
  /** Between the market's quotes: nobody else trades there. */
  price: string;
}

async function openPair(page: Page, origin: string): Promise<Pair> {
  const market = await nearestFuture();
  const context = await page
    .context()
    .browser()!
    .newContext({ viewport: { width: 1440, height: 900 } });
  const other = await context.newPage();
  await Promise.all([page.goto(`${origin}/trade/${market}`), other.goto(`${desk.origin}/trade/${market}`)]);
  await signIn(page, 'Trader');
  await signIn(other, 'Counterparty trader');
  const [bid, ask] = [await quote(page, 'bid'), await quote(page, 'ask')];
  expect(ask - bid, 'room between the quotes').toBeGreaterThan(1);
  return { other, price: Math.round((bid + ask) / 2).toFixed(1) };
}

/** Listed a moment after the desk opens. */
async function nearestFuture(): Promise<string> {
  const futures = async () => {
    const { markets } = (await (await fetch(`${desk.origin}/api/v1/markets`)).json()) as MarketsView;
    return markets.filter(({ kind, underlying }) => kind === 'future' && underlying === 'BTC');
  };
  await expect.poll(futures).not.toEqual([]);
  return (await futures()).sort((a, b) => a.expiryMs - b.expiryMs)[0]!.name;
}

async function quote(page: Page, side: 'bid' | 'ask'): Promise<number> {
  await ticketOf(page)
    .getByRole('button', { name: `Price at ${side}` })
    .click();
  return Number(await ticketOf(page).getByLabel('Limit', { exact: true }).inputValue());
}

/** The sum of own bids on the ladder. */
async function ownBid(page: Page): Promise<string> {
  await readRows(page);
  const cells = page.getByRole('grid', { name: /^Ladder/ }).locator('tr[data-row] > td:first-child');
  return (await cells.allTextContents()).join('');
}
