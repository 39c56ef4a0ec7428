import { expect, type Locator, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { previewOf, ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Every number about margin, the market and a preview can be asked why, and says its formula, what went in and the sequence. */
const desk = stillDesk();

// One book for both journeys.
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  await write(page, { side: 'Buy', type: 'Market', size: '150' });
  await send(page);
  await expect(ticketOf(page)).toContainText('Filled: order');
  await page.context().close();
});

/** Numbers of a region that are not inside a button that says why. */
async function unasked(region: Locator): Promise<string[]> {
  return await region.evaluate((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement: parent, textContent: text } = node;
      if (parent === null || !/\d/.test(text ?? '')) continue;
      // Axes, heads, names and hidden words are no numbers about the account.
      if (
        parent.closest(
          'button, header, svg, th, [popover], .visually-hidden, caption, td:first-child, td[title], [data-axis]',
        ) !== null
      )
        continue;
      found.push(text ?? '');
    }
    return found;
  });
}

const aWhole = {
  name: expect.stringMatching(/^Why ./),
  second: expect.stringMatching(/\S/),
  last: expect.stringMatching(/seq [\d,]+|sampled by the desk/),
};

/** What stands open: each answer by its name, its second paragraph and its last. */
function answersOn(page: Page) {
  return page.locator('[popover]:popover-open').evaluateAll((open) =>
    open.map((answer) => {
      const words = Array.from(answer.querySelectorAll('p'), ({ textContent }) => textContent);
      return { name: answer.getAttribute('aria-label'), second: words[1], last: words.at(-1) };
    }),
  );
}

/** @param least what is there when the region has its numbers: some come a moment after the page */
async function askAll(page: Page, region: Locator, least: number): Promise<number> {
  const numbers = region.locator('button[aria-keyshortcuts="?"]:visible');
  await expect.poll(() => numbers.count()).toBeGreaterThanOrEqual(least);
  let count = 0;
  for (; count < (await numbers.count()); count++) {
    // The number itself, not its place: a row may come or go between key and answer.
    const number = (await numbers.nth(count).elementHandle())!;
    await number.press('?');
    // All of an answer at once: there are more than a hundred of them.
    await expect.poll(() => answersOn(page), { intervals: [20] }).toEqual([aWhole]);
    await page.keyboard.press('Escape');
    await expect.poll(() => number.evaluate((element) => element === document.activeElement)).toBe(true);
  }
  return count;
}

test('every number of the risk screen, the gauge included, answers why by keyboard', async ({ page }) => {
  const complaints = await listen(page);
  // Wide enough for every pane at once.
  await page.setViewportSize({ width: 2_560, height: 1_440 });
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Portfolio manager');
  await expect(page.getByRole('table', { name: 'Margin on other venues' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^joint distance/ })).toBeVisible();
  for (const [name, least] of [
    ['Margin waterfall', 10],
    ['Winning scenario', 4],
    ['At rest', 3],
    ['Liquidation distance', 10],
    [/^Accounts 3/, 15],
    ['Ways to liquidation', 5],
    ['History', 2],
    ['Isolated against cross', 4],
    ['Scenarios', 30],
    ['MM schedule', 4],
  ] as const) {
    const region = page.getByRole('region', { name, exact: typeof name === 'string' }).first();
    await test.step(String(name), async () => {
      await askAll(page, region, least);
      expect(await unasked(region)).toEqual([]);
    });
  }
  const venues = page.getByRole('table', { name: 'Margin on other venues' });
  expect(await askAll(page, venues.locator('tr[data-venue="hyperliquid"]'), 4)).toBe(4);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the margin strip and the top bar answer why at a press', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  const strip = page.getByRole('region', { name: /^Margin / });
  await expect(strip.getByRole('button').first()).toBeVisible();
  await askAll(page, strip, 6);
  await strip.getByRole('button').first().click();
  const answer = page.getByRole('group', { name: 'Why maintenance margin' });
  await expect(answer).toContainText('60 % of the scan of the positions + add-ons');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await askAll(page, page.getByRole('banner'), 4)).toBe(4);
});

test('the market strip and the preview of an order answer why', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  const strip = page.getByRole('region', { name: 'Market', exact: true });
  expect(await askAll(page, strip, 5)).toBe(5);
  await write(page, { size: '1', price: '62000' });
  await ready(page);
  const preview = previewOf(page);
  await preview.getByRole('button', { name: /, why$/ }).press('?');
  const answer = page.getByRole('group', { name: 'Why Preview' });
  await expect(answer).toContainText('as the next command on a copy of the engine');
  await expect(answer).toContainText(/position after[+−]?[\d,.]+ BTC/);
  await expect(answer).toContainText(/seq [\d,]+, engine time/);
  expect(await violationsOf(page)).toEqual([]);
});

test('every number of the trade screen’s tables and of a ticket’s limits answers why', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  // Far from the mark: neither is met while it is asked about.
  await write(page, { size: '1', price: '62000', takeProfit: '2%', stopLoss: '1%' });
  await send(page);
  await write(page, { side: 'Sell', type: 'Stop market', size: '1', trigger: '61000' });
  await send(page);
  const tables = page.getByRole('region', { name: 'Orders and fills' });
  for (const [tab, name, least] of [
    [/^Orders \d/, 'Open orders', 5],
    [/^Triggers \d/, 'Triggers', 4],
    [/^Fills/, 'Fills', 6],
    [/^Ledger/, 'Ledger', 1],
  ] as const) {
    await tables.getByRole('tab', { name: tab }).click();
    const table = page.getByRole('grid', { name, exact: true });
    await test.step(name, async () => {
      const rows = table.locator('tbody tr[data-key]');
      await expect(rows.first()).toBeVisible();
      // A long table: its first rows are of each kind.
      await askAll(page, rows.first(), least);
    });
  }
  await askAll(page, page.getByRole('grid', { name: 'Positions', exact: true }).locator('tbody'), 9);
  await write(page, { size: '1', price: '62000' });
  await ready(page);
  await askAll(page, page.getByRole('region', { name: 'Limits' }), 3);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('one panel answers for a table: another number takes it over, the same one closes it', async ({
  page,
}) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  const row = page.getByRole('grid', { name: 'Positions', exact: true }).locator('tr[data-instrument="0"]');
  const number = (column: string) => row.locator(`td[data-column="${column}"] button`);
  const answer = page.getByRole('group', { name: /^Why / });
  await number('notional').click();
  await expect(answer).toHaveAccessibleName('Why notional USDC of BTC-PERP');
  await expect(answer).toContainText('|net| × mark');
  await number('average').click();
  await expect(answer).toHaveAccessibleName('Why average of BTC-PERP');
  await number('average').click();
  await expect(answer).toHaveCount(0);
  await number('average').press('?');
  await expect(answer).toContainText(/seq [\d,]+, engine time/);
  // Who hears the page is told the answer too.
  await expect(
    page.getByRole('status').filter({ hasText: /^average of BTC-PERP: what was paid/ }),
  ).toHaveCount(1);
  await page.keyboard.press('?');
  await expect(answer).toHaveCount(0);
});
