import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { footprint } from './bench/pageMeter.ts';
import { budget } from './budget.ts';
import { movingDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { tasksOf } from './tasksOf.ts';
import { signIn } from './wallet.ts';

/** What the trade screen may cost wherever it runs: `e2e/budget.json`. What depends on the machine is in `e2e/bench`. */
const desk = movingDesk();

const WATCHED_MS = 9_000;
/** What the browser calls a long task. */
const LONG_MS = 50;

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
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await signIn(page, 'Trader');
  await expect(page.locator('canvas').first()).toBeVisible();
  const session = await page.context().newCDPSession(page);
  await page.waitForTimeout(4_000);
  const before = await footprint(session);
  const tasksMs = await tasksOf(page, () => page.waitForTimeout(WATCHED_MS));
  const after = await footprint(session);
  // A watched page works all the time: were there few, they would not have been measured.
  expect(tasksMs.filter((ms) => ms > 0).length).toBeGreaterThan(WATCHED_MS / 100);
  expect(tasksMs.filter((ms) => ms >= LONG_MS).length).toBeLessThanOrEqual(budget.longTasks);
  expect(after.nodes).toBeLessThanOrEqual(budget.domNodes);
  expect(after.heapMb - before.heapMb).toBeLessThan(budget.calmHeapGrowthMb);
});
