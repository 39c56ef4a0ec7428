import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { footprint, installMeter, readMeter } from './bench/pageMeter.ts';
import { budget } from './budget.ts';
import { movingDesk } from './deskOfFile.ts';
import { signIn } from './wallet.ts';

/** What the trade screen may cost wherever it runs: `e2e/budget.json`. What depends on the machine is in `e2e/bench`. */
const desk = movingDesk();

test('the first load and the first screen stay inside their budgets of JavaScript', async ({
  page,
  request,
}) => {
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.add(response.url());
  });
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  // Of the HTML as it was sent: what a script fetches later stands in the page's head as well.
  const html = await (await request.get(`${desk.origin}/trade/BTC-PERP`)).text();
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const inPage = tags
    .filter((tag) => !/nomodule/i.test(tag))
    .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? [])
    .map((src) => new URL(src, desk.origin).href);
  await expect(page.getByRole('grid', { name: /^Ladder/ })).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();
  const bytes = async (urls: Iterable<string>) => {
    let sum = 0;
    for (const url of urls) sum += gzipSync(await (await request.get(url)).body(), { level: 9 }).length;
    return sum;
  };
  expect(await bytes(new Set(inPage))).toBeLessThanOrEqual(budget.firstLoadBytes);
  expect(await bytes(scripts)).toBeLessThanOrEqual(budget.firstScreenBytes);
});

test('a page that is watched keeps to its nodes, its memory and its work', async ({ page }) => {
  await installMeter(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await expect(page.locator('canvas').first()).toBeVisible();
  const session = await page.context().newCDPSession(page);
  await page.waitForTimeout(4_000);
  const before = await footprint(session);
  // A task of ours would be long in every window; one that the machine took a break in is not.
  let longTasks = Number.POSITIVE_INFINITY;
  for (let window = 0; window < 8 && longTasks > budget.longTasks; window++) {
    await readMeter(page);
    await page.waitForTimeout(3_000);
    longTasks = Math.min(longTasks, (await readMeter(page)).longTasksMs.length);
  }
  const after = await footprint(session);
  expect(longTasks).toBeLessThanOrEqual(budget.longTasks);
  expect(after.nodes).toBeLessThanOrEqual(budget.domNodes);
  expect(after.heapMb - before.heapMb).toBeLessThan(budget.calmHeapGrowthMb);
});
