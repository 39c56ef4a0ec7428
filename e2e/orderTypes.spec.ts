import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import {
  agree,
  previewOf,
  readOutcome,
  readPreview,
  ready,
  review,
  send,
  sendButtonOf,
  type Terms,
  ticketOf,
  write,
} from './ticket.ts';
import { signIn } from './wallet.ts';

/** One journey an order type, from the keyboard: written, reviewed as a sentence, sent, and answered by the engine. */
const desk = stillDesk();

const outcome = (page: Page) => ticketOf(page).getByRole('status');
/** Of the last outcome: its words stand until those of the next order come, and may be the same. */
const seqSaid = async (page: Page) => /at seq ([\d,]+)/.exec((await outcome(page).textContent()) ?? '')?.[1];
const touch = async (page: Page, side: 'bid' | 'ask'): Promise<number> => {
  await ticketOf(page)
    .getByRole('button', { name: `Price at ${side}` })
    .click();
  return Number(await ticketOf(page).getByLabel('Limit', { exact: true }).inputValue());
};

test('every order type says itself in words and does what its name says', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  const bid = await touch(page, 'bid');
  const ask = await touch(page, 'ask');
  const far = { above: String(Math.round(ask * 1.01)), below: String(Math.round(bid * 0.99)) };

  const journeys: { terms: Terms; says: RegExp; ends: RegExp }[] = [
    {
      terms: { size: '0.1', price: far.below, life: 'GTC', isPostOnly: true },
      says: /limit [\d,]+ USDC, good till cancelled, post only/,
      ends: /Resting: order/,
    },
    {
      terms: { size: '0.1', price: far.below, life: 'IOC' },
      says: /immediate or cancel/,
      ends: /Expired unfilled|order\.noLiquidity/,
    },
    {
      terms: { size: '0.1', price: String(ask + 1), life: 'FOK' },
      says: /fill or kill/,
      ends: /Filled: order/,
    },
    {
      terms: { size: '0.1', price: far.below, life: 'GTT' },
      says: /good till its time, ends \d{4}-/,
      ends: /Resting: order/,
    },
    {
      terms: { size: '0.2', type: 'Market' },
      says: /Buy 0\.2 BTC-PERP, at market no worse than [\d,.]+ USDC;/,
      ends: /Filled: order/,
    },
    {
      terms: { size: '0.2', type: 'Market', worst: '' },
      says: /Buy 0\.2 BTC-PERP, at market;/,
      ends: /Filled: order/,
    },
    {
      terms: { side: 'Sell', size: '0.1', type: 'Stop market', trigger: far.below, isReduceOnly: true },
      says: /stop market, triggered at mark [\d,]+ USDC, reduce only/,
      ends: /Waiting for its trigger: order/,
    },
    {
      terms: { side: 'Sell', size: '0.1', type: 'Stop limit', trigger: far.below, price: far.below },
      says: /stop limit [\d,]+ USDC, triggered at mark/,
      ends: /Waiting for its trigger: order/,
    },
    {
      terms: { side: 'Sell', size: '0.1', type: 'Take market', trigger: far.above },
      says: /take market no worse than [\d,.]+ USDC, triggered at mark/,
      ends: /Waiting for its trigger: order/,
    },
    {
      terms: { side: 'Sell', size: '0.1', type: 'Take limit', trigger: far.above, price: far.above },
      says: /take limit [\d,]+ USDC, triggered at mark/,
      ends: /Waiting for its trigger: order/,
    },
  ];
  journeys.push(
    {
      terms: { size: '0.1', type: 'Market', takeProfit: '1%', stopLoss: far.below },
      says: /at market no worse than [\d,.]+ USDC; take profit at [\d,.]+ USDC, stop at [\d,]+ USDC;/,
      ends: /Filled: order/,
    },
    {
      terms: {
        size: '0.5',
        type: 'Scale',
        price: far.below,
        to: String(Number(far.below) - 500),
        orders: '5',
      },
      says: /Buy 0\.5 BTC-PERP in 5 limit orders from [\d,]+ USDC to [\d,]+ USDC/,
      ends: /Resting: order/,
    },
  );
  for (const { terms, says, ends } of journeys) {
    await test.step(`${terms.type ?? 'Limit'} ${terms.life ?? ''}`, async () => {
      await write(page, terms);
      const waits = terms.trigger !== undefined && terms.isReduceOnly !== true;
      await expect(previewOf(page).getByText(/^Binds no margin while it waits/)).toHaveCount(waits ? 1 : 0);
      const dialog = await review(page);
      await expect(dialog.getByRole('list', { name: 'What will be signed' })).toContainText(says);
      await expect(dialog.getByText('Previewed at seq')).toBeVisible();
      const before = await seqSaid(page);
      await agree(page, dialog);
      await expect.poll(() => seqSaid(page)).not.toBe(before);
      await expect(outcome(page)).toContainText(ends);
      await write(page, { size: '', takeProfit: '', stopLoss: '' });
    });
  }
});

test('a market order takes nothing beyond its worst price, and says what it left', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  const ask = await touch(page, 'ask');
  await write(page, { type: 'Market', size: '100' });
  await expect(ticketOf(page).getByLabel('Worst price')).toHaveValue('1%');
  // More than stands at the best price: the rest is not taken one tick further.
  await write(page, { type: 'Market', size: '100', worst: String(ask) });
  await ready(page);
  const preview = await readPreview(page);
  expect(preview.filledLots).toBeGreaterThan(0);
  expect(preview.notionalUsd / preview.filledLots).toBe(ask * 100);
  await expect(previewOf(page).getByText('is cancelled')).toBeVisible();
  const dialog = await review(page);
  await expect(dialog.getByRole('list', { name: 'What will be signed' })).toContainText(
    /Buy 100 BTC-PERP, at market no worse than [\d,.]+ USDC;/,
  );
  await agree(page, dialog);
  const [filledLots] = await readOutcome(page, 'Partly filled, the rest expired: order');
  expect(filledLots).toBe(preview.filledLots);
});

test('a quantity in money and a price against the book become numbers before they are sent', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  const bid = await touch(page, 'bid');
  await page.keyboard.press('Escape');
  const price = ticketOf(page).getByLabel('Limit', { exact: true });
  await price.fill('bid-10');
  await expect(ticketOf(page).getByText(/^= [\d,.]+$/)).toBeVisible();
  await price.press('ArrowDown');
  await expect(price).toHaveValue((bid - 1.1).toFixed(1));
  const size = ticketOf(page).getByLabel('Quantity', { exact: true });
  await size.fill('50k usd');
  await expect(ticketOf(page).getByText(/^= 0\.\d+ BTC$/)).toBeVisible();
  await size.press('Tab');
  await expect(size).toHaveValue(/^0\.\d+$/);
  await expect(ticketOf(page).getByRole('button', { name: /^Quantity max \d/ })).toBeEnabled();
  await size.fill('10%');
  await size.press('Tab');
  await expect(size).toHaveValue(/^\d+(\.\d+)?$/);
});

test('a guard warns in the review and refuses over its hard limit', async ({ page }) => {
  const guards = {
    maxSizeUsd: { warn: '10000', hard: '100000' },
    dayVolumePercent: { warn: '', hard: '' },
    priceAwayPercent: { warn: '', hard: '' },
    maxSize: {},
  };
  await page.addInitScript(
    (kept) => localStorage.setItem('ballast.settings', kept),
    JSON.stringify({ guards }),
  );
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await touch(page, 'bid');
  await write(page, { size: '0.5', isPostOnly: true });
  const dialog = await review(page);
  const warning = dialog.getByRole('checkbox', {
    name: /^The order is worth .* your warning is at 10,000 USDC\.$/,
  });
  await expect(warning).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await agree(page, dialog);
  await expect(outcome(page)).toContainText('Resting: order');
  await write(page, { size: '5' });
  await expect(ticketOf(page).locator('button[aria-keyshortcuts="Control+Enter"]')).toContainText(
    'Over your own limit',
  );
  await expect(outcome(page)).toContainText('your limit is 100,000 USDC');
});

test('a market order that sweeps the book is warned of, and stopped beyond the hard limit', async ({
  page,
}) => {
  const guardFrom = async (warn: string, hard: string) => {
    const slippage = { tolerancePercent: '1', warn, hard };
    const guards = { maxSizeUsd: off, dayVolumePercent: off, priceAwayPercent: off, maxSize: {} };
    await page.evaluate(
      (kept) => localStorage.setItem('ballast.settings', kept),
      JSON.stringify({ guards, slippage }),
    );
    await page.reload();
  };
  const off = { warn: '', hard: '' };
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await guardFrom('0.01', '2');
  await write(page, { type: 'Market', size: '100' });
  const dialog = await review(page);
  await expect(
    dialog.getByRole('checkbox', {
      name: /^The worst fill would be \d\.\d\d% away from the mark; your warning is at 0\.01%\.$/,
    }),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await guardFrom('', '0.02');
  await write(page, { type: 'Market', size: '100' });
  await expect(sendButtonOf(page)).toContainText('Over your own limit');
  await expect(outcome(page)).toContainText(/^Over your own limit\. The worst fill would be/);
  await expect(outcome(page)).toContainText('your limit is 0.02%');
  await page.keyboard.press('Control+Enter');
  await expect(sendButtonOf(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('leaving a review sends nothing, and gives the focus back', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await touch(page, 'bid');
  await write(page, { size: '0.1', isPostOnly: true });
  const size = ticketOf(page).getByLabel('Quantity', { exact: true });
  await size.focus();
  const dialog = await review(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(size).toBeFocused();
  await expect(outcome(page)).not.toContainText('order');
  await send(page);
  await expect(outcome(page)).toContainText('Resting: order');
});
