import { expect, type Locator, type Page } from '@playwright/test';
import { send, write } from './ticket.ts';

/** Everything at a price on the chart, as whoever reads instead of looking finds it. */
export function linesOf(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Lines on the chart' });
}

export function lineOf(page: Page, name: RegExp): Locator {
  return linesOf(page).getByRole('group', { name });
}

export function gripOf(line: Locator): Locator {
  return line.getByRole('button', { name: /^Move/ });
}

export async function ticksOf(line: Locator): Promise<number> {
  return Number(await line.getAttribute('data-ticks'));
}

/** Where a line in the hand stands, once the page has followed the hand. */
export async function heldTicks(line: Locator): Promise<number> {
  let ticks = Number.NaN;
  const moved = async () => {
    const before = ticks;
    ticks = await ticksOf(line);
    return ticks - before;
  };
  await expect.poll(moved, { intervals: [100] }).toBe(0);
  return ticks;
}

/**
 * Rests an order from the ticket and waits for its line.
 *
 * @param stopBelowBidUsd where its stop will stand; without, it has none
 * @returns the line of that order, wherever it is moved to
 */
export async function rest(
  page: Page,
  size: string,
  belowBidUsd: number,
  stopBelowBidUsd?: number,
): Promise<Locator> {
  await page
    .getByRole('form', { name: 'Order ticket' })
    .getByRole('button', { name: 'Price at bid' })
    .click();
  const field = page.getByRole('form', { name: 'Order ticket' }).getByLabel('Limit', { exact: true });
  const bid = Number((await field.inputValue()).replaceAll(',', ''));
  const stopLoss = stopBelowBidUsd === undefined ? '' : String(bid - stopBelowBidUsd);
  await write(page, { side: 'Buy', size, price: String(bid - belowBidUsd), stopLoss, isPostOnly: true });
  await send(page);
  const found = linesOf(page)
    .locator('[data-line^="order "]')
    .filter({ hasText: `buy ${size}` });
  await expect(found).toHaveCount(1);
  return linesOf(page).locator(`[data-line="${await found.getAttribute('data-line')}"]`);
}

/** Takes a line by its dots and holds it so many pixels lower. */
export async function holdBelow(page: Page, line: Locator, byPx: number): Promise<void> {
  // Lines move with the prices of the chart, and a hand that closed beside one has taken nothing: it tries again.
  await expect(async () => {
    await page.mouse.up();
    const folded = await middleOf(gripOf(line));
    // A pill that shares one with others opens under the pointer.
    await page.mouse.move(folded.x, folded.y);
    await gripOf(line).hover({ timeout: 2_000 });
    const { x, y } = await middleOf(gripOf(line));
    await page.mouse.down();
    await page.mouse.move(x, y + byPx / 2);
    await page.mouse.move(x, y + byPx);
    await expect(line).toContainText('→', { timeout: 1_000 });
  }).toPass();
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}
