import { expect, type Locator, type Page } from '@playwright/test';
import { Program } from '../engine/lab/program.ts';
import { Rival } from '../engine/lab/rival.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../lib/format.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { send, type Terms, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/**
 * Goal: a trigger that the mark reaches fires, and what it does on screen is what the engine did. How: the market stands
 * still and somebody of another firm moves its mark; afterwards fills, position and ends on screen are held against what
 * the desk answers a program of the same trader.
 */
const desk = stillDesk();

/** From the mark to a trigger: a pushed mark goes a tenth of a dollar a second, and first back what it was pushed before. */
const NEAR_USD = 1.5;
const WALKED = { timeout: 90_000 };

const outcome = (page: Page) => ticketOf(page).getByRole('status');
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });
const gridOf = (page: Page, name: string) => page.getByRole('grid', { name });
const triggersOf = (page: Page) => gridOf(page, 'Triggers').locator('tr[data-order]');
const cellOf = (row: Locator, column: string) => row.locator(`td[data-column="${column}"]`);
const openTab = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click();

test('stops and takes of each type fire when the mark reaches them, and not before', async ({ page }) => {
  const { rival, engine } = await openTrader(page);
  await write(page, { side: 'Buy', type: 'Market', size: '0.4' });
  await send(page);
  await expect(outcome(page)).toContainText('Filled: order');
  const mark = await rival.stillMarkUsd();
  const [below, above] = [(mark - NEAR_USD).toFixed(1), (mark + NEAR_USD).toFixed(1)];
  await openTab(page, /^Triggers/);
  const parked: Terms[] = [
    { side: 'Sell', type: 'Stop market', size: '0.1', trigger: below, isReduceOnly: true },
    { side: 'Buy', type: 'Take limit', size: '0.2', trigger: below, price: (mark + 20).toFixed(1) },
    { side: 'Sell', type: 'Take market', size: '0.3', trigger: above },
    { side: 'Buy', type: 'Stop limit', size: '0.15', trigger: above, price: (mark - 30).toFixed(1) },
  ];
  for (const [count, terms] of parked.entries()) {
    await write(page, terms);
    await send(page);
    await expect(triggersOf(page)).toHaveCount(count + 1);
  }
  await expect(cellOf(triggersOf(page), 'state')).toHaveText(parked.map(() => 'waiting'));
  // Newest first.
  const [stopAbove, takeAbove, take, stop] = (await idsOf(page)) as [number, number, number, number];

  await test.step('the mark falls: a stop sells at market, a take buys within its limit, what waits above still waits', async () => {
    await rival.push('down');
    await expect(notices(page)).toContainText(/Filled: sold 0\.10+ BTC at [\d,.]+\./, WALKED);
    await expect(notices(page)).toContainText(/Filled: bought 0\.20+ BTC at [\d,.]+\./);
    await expect.poll(() => idsOf(page)).toEqual([stopAbove, takeAbove]);
    await expectStates(engine, {
      [stop]: 'filled',
      [take]: 'filled',
      [takeAbove]: 'parked',
      [stopAbove]: 'parked',
    });
    await rival.release();
  });

  await test.step('the mark rises: a take sells at market, a stop whose limit nobody meets rests', async () => {
    await rival.push('up');
    await expect(notices(page)).toContainText(/Filled: sold 0\.30+ BTC at [\d,.]+\./, WALKED);
    await expect(page.getByText('No triggers.')).toBeVisible();
    await openTab(page, /^Orders/);
    const fired = gridOf(page, 'Open orders').locator(`tr[data-order="${stopAbove}"]`);
    await expect(cellOf(fired, 'type')).toHaveText('Stop limit');
    await expect(cellOf(fired, 'state')).toHaveText('working');
    await expect(cellOf(fired, 'queue')).toHaveText('q 0 first');
    await expectStates(engine, { [takeAbove]: 'filled', [stopAbove]: 'open' });
    await rival.release();
  });

  await test.step('fills and position on screen are the engine’s', async () => {
    await expectFills(page, engine, rival.market, [stop, take, takeAbove]);
    await openTab(page, /^Orders/);
    await cellOf(gridOf(page, 'Open orders').locator('tr[data-order]'), 'actions')
      .getByRole('button', { name: /^Cancel/ })
      .press('Enter');
    await expect(page.getByText('No open orders.')).toBeVisible();
  });
});

test('an entry fills, its take profit closes it, and its stop ends', async ({ page }) => {
  const { rival, engine } = await openTrader(page);
  const heldLots = await engine.lots(rival.market);
  const price = rival.insideUsd('bid');
  await rest(page, {
    size: '0.3',
    price: price.toFixed(1),
    takeProfit: ((await rival.stillMarkUsd()) + NEAR_USD).toFixed(1),
    stopLoss: (price - 20).toFixed(1),
  });
  const entry = await entryOf(page);
  await openTab(page, /^Triggers/);
  await expect(page.getByText('No triggers.')).toBeVisible();

  const [profit, stop] =
    await test.step('somebody meets the entry: both wait, each naming the other', async () => {
      await rival.meet('sell', '0.3', price.toFixed(1));
      await expect(notices(page)).toContainText(/Filled: bought 0\.30+ BTC at/);
      return await legsOf(page, entry, /^0\.30+$/);
    });

  await test.step('the mark rises to the take profit', async () => {
    await rival.push('up');
    await expect(notices(page)).toContainText(/Filled: sold 0\.30+ BTC at/, WALKED);
    await expect(notices(page)).toContainText(
      `Order ${stop} cancelled. The other order of its bracket has closed all there was to close.`,
    );
    await expect(page.getByText('No triggers.')).toBeVisible();
    await rival.release();
  });
  await expectClosed(page, engine, rival.market, { heldLots, entry, closed: profit, ended: stop });
});

test('an entry that fills in parts is stopped out whole, and its take profit ends', async ({ page }) => {
  const { rival, engine } = await openTrader(page);
  const heldLots = await engine.lots(rival.market);
  const price = rival.insideUsd('ask').toFixed(1);
  await rest(page, {
    size: '0.3',
    price,
    takeProfit: (Number(price) + 30).toFixed(1),
    stopLoss: ((await rival.stillMarkUsd()) - NEAR_USD).toFixed(1),
  });
  const entry = await entryOf(page);
  await openTab(page, /^Triggers/);

  const [profit, stop] =
    await test.step('what closes it is as large as what was filled, and grows with it', async () => {
      await rival.meet('sell', '0.1', price);
      const legs = await legsOf(page, entry, /^0\.10+$/);
      await rival.meet('sell', '0.2', price);
      expect(await legsOf(page, entry, /^0\.30+$/)).toEqual(legs);
      return legs;
    });

  await test.step('the mark falls to the stop', async () => {
    await rival.push('down');
    await expect(notices(page)).toContainText(/Filled: sold 0\.30+ BTC at/, WALKED);
    await expect(notices(page)).toContainText(
      `Order ${profit} cancelled. The other order of its bracket has closed all there was to close.`,
    );
    await expect(page.getByText('No triggers.')).toBeVisible();
    await rival.release();
  });
  await expectClosed(page, engine, rival.market, { heldLots, entry, closed: stop, ended: profit });
});

/** The trader's page, a program of the same trader, and somebody of another firm. */
async function openTrader(page: Page): Promise<{ rival: Rival; engine: Program }> {
  const rival = await Rival.open(desk.origin);
  await page.goto(`${desk.origin}/trade/${rival.market.name}`);
  await signIn(page, 'Trader');
  return { rival, engine: await Program.signIn(desk.origin, 'trader') };
}

async function rest(page: Page, terms: Terms): Promise<void> {
  await write(page, { side: 'Buy', ...terms });
  await send(page);
  await expect(outcome(page)).toContainText('Resting: order');
}

/** The order that rests, and nothing beside it but what it will place. */
async function entryOf(page: Page): Promise<number> {
  const legs = gridOf(page, 'Open orders').locator('tr[data-leg]');
  await expect(legs).toHaveText([/waits for its fill/, /waits for its fill/]);
  return Number(
    await gridOf(page, 'Open orders').locator('tr[data-order]:not([data-leg])').getAttribute('data-order'),
  );
}

/** Read at once, from the top. */
const idsOf = (page: Page): Promise<number[]> =>
  triggersOf(page).evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-order'))));

/** The two orders that close an entry's fills, once both are so large and each names the other. */
async function legsOf(page: Page, entry: number, open: RegExp): Promise<[profit: number, stop: number]> {
  await expect(cellOf(triggersOf(page), 'open')).toHaveText([open, open]);
  const named = await triggersOf(page).evaluateAll((rows) =>
    rows.map((row) => {
      const words = row.querySelector('td[data-column="siblings"]')?.textContent ?? '';
      return [Number(row.getAttribute('data-order')), words] as const;
    }),
  );
  const of = (role: string) => named.find(([, words]) => words.startsWith(role))?.[0] ?? 0;
  const [profit, stop] = [of('take profit'), of('stop')];
  expect(new Map(named)).toEqual(
    new Map([
      [profit, `take profit of ${entry} · or SL ${stop}`],
      [stop, `stop of ${entry} · or TP ${profit}`],
    ]),
  );
  return [profit, stop];
}

/** The position is what it was before the entry; of the two one closed it and the other ended with it. */
async function expectClosed(
  page: Page,
  engine: Program,
  market: MarketView,
  { heldLots, entry, closed, ended }: Record<'heldLots' | 'entry' | 'closed' | 'ended', number>,
): Promise<void> {
  await expectFills(page, engine, market, [entry, closed]);
  expect(await engine.lots(market)).toBe(heldLots);
  await expect(async () =>
    expect(await engine.outcomesOf([entry, closed, ended])).toMatchObject([
      { orderId: entry, state: 'filled', filledLots: 300 },
      { orderId: closed, state: 'filled', filledLots: 300 },
      { orderId: ended, state: 'cancelled', filledLots: 0, cancelReason: 'siblingFilled' },
    ]),
  ).toPass();
}

/** What the desk answers of each order; its records may be a moment behind. */
async function expectStates(engine: Program, wanted: Record<number, string>): Promise<void> {
  const orders = Object.keys(wanted).map(Number);
  await expect(async () => {
    const outcomes = await engine.outcomesOf(orders);
    expect(Object.fromEntries(outcomes.map(({ orderId, state }) => [orderId, state]))).toEqual(wanted);
  }).toPass();
}

/** Each fill of these orders, and the position that all fills made, as the desk tells them to a program. */
async function expectFills(page: Page, engine: Program, market: MarketView, orders: number[]): Promise<void> {
  await openTab(page, /^Fills/);
  await expect(async () => {
    const fills = (await engine.fills()).filter(({ orderId }) => orders.includes(orderId));
    expect([...new Set(fills.map(({ orderId }) => orderId))].sort()).toEqual([...orders].sort());
    const told = fills.map(({ side, lots, priceTicks, orderId }) => [
      side,
      formatSize(lots, market),
      formatPrice(priceTicks, market),
      String(orderId),
    ]);
    const shown = (await readFills(page)).filter(([, , , orderId]) => orders.includes(Number(orderId)));
    expect(shown.sort()).toEqual(told.sort());
    const lots = await engine.lots(market);
    expect(await netOf(page, market)).toBe(lots);
  }).toPass();
}

function readFills(page: Page): Promise<string[][]> {
  return gridOf(page, 'Fills')
    .locator('tr[data-fill]')
    .evaluateAll((rows) =>
      rows.map((row) =>
        ['side', 'size', 'price', 'order'].map((column) =>
          (row.querySelector(`td[data-column="${column}"]`)?.textContent ?? '').replace(/^[▲▼] /, ''),
        ),
      ),
    );
}

/** Lots of the position on screen; 0 where it has none. */
function netOf(page: Page, { instrument }: MarketView): Promise<number> {
  return gridOf(page, 'Positions')
    .locator(`tr[data-instrument="${instrument}"] td[data-column="net"] data`)
    .evaluateAll((all) => Number((all[0] as HTMLDataElement | undefined)?.value ?? 0));
}
