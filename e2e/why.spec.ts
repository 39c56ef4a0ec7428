import { expect, type Locator, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from './desk.ts';
import { listen, violationsOf, whole } from './quiet.ts';
import { ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Every number about margin can be asked why, and says its formula, what went in and the sequence. */
let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ pace: 'paused' });
  await whole(desk);
});
test.afterAll(async () => {
  await desk?.stop();
});

async function openBook(page: Page): Promise<void> {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Portfolio manager');
  await write(page, { side: 'Buy', type: 'Market', size: '150' });
  await ready(page);
  await send(page);
  await expect(ticketOf(page).getByText('Filled: order')).toBeVisible();
}

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

async function askAll(page: Page, region: Locator): Promise<number> {
  const numbers = region.locator('button[aria-keyshortcuts="?"]:visible');
  const count = await numbers.count();
  for (let at = 0; at < count; at++) {
    const number = numbers.nth(at);
    await number.focus();
    await page.keyboard.press('?');
    const answer = page.locator('[popover]:popover-open');
    await expect(answer).toHaveAttribute('aria-label', /^Why ./);
    await expect(answer.locator('p').nth(1)).not.toBeEmpty();
    await expect(answer.locator('p').last()).toContainText(/seq [\d,]+|sampled by the desk/);
    await page.keyboard.press('Escape');
    await expect(number).toBeFocused();
  }
  return count;
}

test('every number of the risk screen, the gauge included, answers why by keyboard', async ({ page }) => {
  test.setTimeout(180_000);
  const complaints = await listen(page);
  await openBook(page);
  // Wide enough for every pane at once.
  await page.setViewportSize({ width: 2_560, height: 1_440 });
  await page.goto(`${desk.origin}/risk`);
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
    expect(await unasked(region), String(name)).toEqual([]);
    expect(await askAll(page, region), String(name)).toBeGreaterThanOrEqual(least);
  }
  const venues = page.getByRole('table', { name: 'Margin on other venues' });
  expect(await askAll(page, venues.locator('tr[data-venue="hyperliquid"]'))).toBe(4);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the margin strip and the top bar answer why at a press', async ({ page }) => {
  await openBook(page);
  const strip = page.getByRole('region', { name: /^Margin / });
  await expect(strip.getByRole('button').first()).toBeVisible();
  expect(await askAll(page, strip)).toBeGreaterThanOrEqual(6);
  await strip.getByRole('button').first().click();
  const answer = page.getByRole('group', { name: 'Why maintenance margin' });
  await expect(answer).toContainText('60 % of the scan of the positions + add-ons');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await askAll(page, page.getByRole('banner'))).toBe(4);
});
