import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { layoutFaults } from './layoutFaults.ts';
import { openStake } from './stake.ts';
import { send, write } from './ticket.ts';

/** From the smallest screen a desk is worked on to the largest: nothing is lost on the way. */
const desk = stillDesk();

const SCREENS = [
  [1_280, 720],
  [1_366, 768],
  [1_440, 900],
  [1_920, 1_080],
  [2_560, 1_440],
  [3_840, 2_160],
] as const;

test('the trade screen keeps its panes, words and numbers at every width', async ({ page }) => {
  await openStake(page, desk.origin);
  const triggers = page.getByRole('grid', { name: 'Triggers' }).locator('tr[data-order]');
  await write(page, { side: 'Sell', type: 'Stop limit', size: '0.1', trigger: '60000', price: '59950.5' });
  await send(page);
  await page.getByRole('tab', { name: /^Triggers/ }).click();
  await expect(triggers).toHaveCount(1);
  await walk(page);
  await page.getByRole('tab', { name: /^Orders/ }).click();
  await expect(page.getByRole('grid', { name: 'Open orders' }).locator('tr[data-order]')).toHaveCount(1);
  await walk(page);
});

async function walk(page: Page): Promise<void> {
  for (const [width, height] of SCREENS) {
    await test.step(`${width} × ${height}`, async () => {
      await page.setViewportSize({ width, height });
      await expect.poll(() => layoutFaults(page), { timeout: 20_000 }).toEqual([]);
    });
  }
}
