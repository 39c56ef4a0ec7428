import { expect, type Page } from '@playwright/test';
import { arm } from './arm.ts';
import { gripOf, heldTicks, holdBelow, lineOf, linesOf, rest, ticksOf } from './chart.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { ask, confirm, order, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Orders and levels as lines on the chart, moved by hand and by keys, on a market that stands still. */
const desk = stillDesk();

const reviewOf = (page: Page) => page.getByRole('dialog', { name: /^Change order/ });
const noticesOf = (page: Page) => page.getByRole('region', { name: 'Notices' });
/** Offered for five seconds, and as long as it is pointed at. */
const undoOf = (page: Page) => noticesOf(page).getByRole('button', { name: 'Undo' });

async function open(page: Page, market: string): Promise<void> {
  await page.goto(`${desk.origin}/trade/${market}`);
  await signIn(page, 'Trader');
}

/** Right click on a price of the chart, which listens a moment after its lines are there. */
async function openMenu(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await expect(async () => {
    await page.mouse.click(x, y, { button: 'right' });
    const menu = page.getByRole('dialog', { name: /^Start something at/ });
    await expect(menu).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test('safe, a dragged order tells what it would do, waits for its review and is put back by Escape', async ({
  page,
}) => {
  await open(page, 'BTC-PERP');
  const line = await rest(page, '0.5', 10);
  const before = await ticksOf(line);

  await test.step('Escape in the drag puts it back and sends nothing', async () => {
    await holdBelow(page, line, 40);
    await expect(line).toContainText('→');
    await expect(line).toContainText('left if it fills there');
    const row = page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]');
    await expect(row).toContainText('dragging');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(row).toContainText('working');
    await expect.poll(() => ticksOf(line)).toBe(before);
    await expect(reviewOf(page)).toBeHidden();
  });

  await test.step('a review that is left puts it back too', async () => {
    await ask(page, /^Change order/, async () => {
      await holdBelow(page, line, 40);
      await page.mouse.up();
    });
    await page.keyboard.press('Escape');
    await expect(reviewOf(page)).toBeHidden();
    await expect.poll(() => ticksOf(line)).toBe(before);
  });

  await test.step('by keys it moves tick by tick, and the review sends it', async () => {
    await order(page, /^Change order/, async () => {
      await gripOf(line).focus();
      for (const key of ['Enter', 'ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
      await expect.poll(() => ticksOf(line)).toBe(before - 11);
      await page.keyboard.press('Enter');
    });
    await expect(noticesOf(page)).toContainText('Undo');
    await expect.poll(() => ticksOf(line)).toBe(before - 11);
  });

  await test.step('its cross cancels it', async () => {
    await line.getByRole('button', { name: /^Cancel/ }).press('Enter');
    await expect(line).toHaveCount(0);
  });
});

test('armed, letting go amends and five seconds can take it back', async ({ page }) => {
  await open(page, 'ETH-PERP');
  const line = await rest(page, '2', 1);
  const before = await ticksOf(line);
  let there = before;
  // A page that was made safe meanwhile reviews it instead: left, armed and moved once more.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await arm(page);
    await holdBelow(page, line, 30);
    there = await heldTicks(line);
    await page.mouse.up();
    await expect(undoOf(page)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(there).toBeLessThan(before);
  await undoOf(page).hover();
  await expect.poll(() => ticksOf(line)).toBe(there);
  await undoOf(page).click();
  await expect.poll(() => ticksOf(line)).toBe(before);
});

test('the stop of an entry is moved before there is one, on its own side only', async ({ page }) => {
  await open(page, 'BTC-PERP');
  await rest(page, '0.25', 10, 30);
  const stop = lineOf(page, /^Stop of buy 0\.25 when it fills/);
  const before = await ticksOf(stop);

  await test.step('over its entry the engine would not take it, and says so in the hand', async () => {
    await gripOf(stop).focus();
    await page.keyboard.press('Enter');
    for (const key of ['PageUp', 'PageUp', 'PageUp']) await page.keyboard.press(key);
    await expect(stop).toContainText('A stop stands on the side of loss of the entry price.');
    await page.keyboard.press('Escape');
    await expect.poll(() => ticksOf(stop)).toBe(before);
  });

  await test.step('lower it is reviewed, stands there, and is taken back', async () => {
    await ask(page, /^Change order/, async () => {
      await gripOf(stop).focus();
      for (const key of ['Enter', 'PageDown', 'Enter']) await page.keyboard.press(key);
    });
    await expect(reviewOf(page)).toContainText(/Change order \d+ on BTC-PERP to stop at [\d,.]+ USDC/);
    await confirm(page, /^Change order/);
    await undoOf(page).hover();
    await expect(noticesOf(page)).toContainText(/Order \d+ amended/);
    await expect.poll(() => ticksOf(stop)).toBe(before - 100);
    await undoOf(page).click();
    await expect.poll(() => ticksOf(stop)).toBe(before);
  });
});

test('an order that ends in the hand ends the drag with a sentence', async ({ page }) => {
  await open(page, 'SOL-PERP');
  const line = await rest(page, '10', 1);
  await gripOf(line).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+X');
  await expect(line).toHaveCount(0);
  await expect(noticesOf(page)).toContainText('ended while it was held');
  await expect(reviewOf(page)).toBeHidden();
});

test('a price of the chart starts a draft while safe and an order while armed', async ({ page }) => {
  await open(page, 'BTC-PERP');
  await expect(linesOf(page)).toBeVisible();
  const { x, y, height } = (await linesOf(page).boundingBox())!;
  const low = { x: x + 120, y: y + height - 60 };
  const menu = page.getByRole('dialog', { name: /^Start something at/ });

  await test.step('safe, it writes the ticket and asks for the quantity', async () => {
    await openMenu(page, low);
    const price = await menu.getByLabel('price').inputValue();
    await menu.getByRole('button', { name: /Buy limit/ }).click();
    await expect(ticketOf(page).getByLabel('Limit', { exact: true })).toHaveValue(price);
    await expect(ticketOf(page).getByLabel('Quantity', { exact: true })).toBeFocused();
    await expect(lineOf(page, /^In the ticket: buy/)).toBeVisible();
  });

  await test.step('armed, it sends', async () => {
    const sent = lineOf(page, /^Buy .* limit/);
    // A page that was made safe meanwhile only writes it: pressed again. An order that was sent is waited for, or it is two.
    await expect(async () => {
      if ((await sent.count()) > 0) return;
      await arm(page);
      await openMenu(page, { x: low.x, y: low.y + 20 });
      await menu.getByRole('button', { name: /Buy .* limit/ }).click({ timeout: 2_000 });
      await expect(sent).toHaveCount(1);
    }).toPass();
    await expect(sent).toHaveCount(1);
  });
});

test('a level is kept, moved by keys, and says once that it was crossed', async ({ page }) => {
  await open(page, 'BTC-PERP');
  await write(page, { type: 'Market', size: '0.1' });
  await send(page);
  await expect(lineOf(page, /^Entry/)).toBeVisible();
  const { x, y } = (await linesOf(page).boundingBox())!;
  await openMenu(page, { x: x + 120, y: y + 60 });
  const menu = page.getByRole('dialog', { name: /^Start something at/ });
  // Between the last trade, which took an ask, and the bid.
  await ticketOf(page)
    .getByRole('button', { name: 'Price at ask' })
    .evaluate((button: HTMLElement) => button.click());
  const ask = await ticketOf(page).getByLabel('Limit', { exact: true }).inputValue();
  await menu.getByLabel('price').fill(ask);
  await menu.getByLabel('price').press('ArrowDown');
  await menu.getByRole('button', { name: 'Add level' }).click();
  const level = linesOf(page).locator('[data-line^="level "]');
  const ticks = await ticksOf(level);
  await page.reload();
  await expect.poll(() => ticksOf(level)).toBe(ticks);

  await write(page, { side: 'Sell', type: 'Market', size: '0.1' });
  await send(page);
  await expect(noticesOf(page)).toContainText('fell through');
  await expect(level).toContainText('crossed');
  await gripOf(level).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(level).not.toContainText('crossed');
  await expect.poll(() => ticksOf(level)).toBe(ticks + 1);
  await gripOf(level).press('Delete');
  await expect(level).toHaveCount(0);
});
