import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { type Desk, startDesk } from './desk.ts';
import { listen, violationsOf, whole } from './quiet.ts';
import { ready, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** What every page must be, whoever looks: readable by machines, usable by keyboard, quiet, light. */
let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({});
  await whole(desk);
});
test.afterAll(async () => {
  await desk?.stop();
});

/** Gzip bytes of scripts in the HTML of the trade page; `engine/lab/bench/firstLoad.ts` says which. */
const FIRST_LOAD_BYTES_MAX = 260_000;
/** The same with what the first screen fetches later: chart and feed worker. */
const FIRST_SCREEN_BYTES_MAX = 350_000;

test('the trade page has no axe violation, no policy report and no error, before and after signing in', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  await expect(ticketOf(page)).toBeVisible();
  await expect(page.getByRole('contentinfo').getByText(/^seq/)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Trader/ })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await signIn(page, 'Trader');
  await write(page, { type: 'Market', size: '0.5' });
  await ready(page);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('status and missing pages have no axe violation and no error', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/status`);
  await expect(page.getByRole('table', { name: 'Health of the desk' })).toContainText('ok');
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.goto(`${desk.origin}/trade/NO-SUCH`);
  await expect(page.getByText('There is no such market.')).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test('a trader without a mouse signs in, writes, sends, cancels', async ({ page }) => {
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  const signInButton = page.getByRole('button', { name: 'Sign in', exact: true });
  await expect(signInButton).toBeEnabled();
  await signInButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Trader/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (const title of ['Connect', 'Sign a message', 'Sign typed data']) {
    await expect(page.getByRole('dialog', { name: `Trader wallet: ${title}` })).toBeVisible();
    // The wallet's no has the focus: an Enter too many signs nothing.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: 'Trader 1' })).toBeVisible();
  await page.keyboard.press('q');
  await page.keyboard.type('0.2');
  await page.keyboard.press('Tab');
  const mark = Number((await page.title()).match(/[\d,]+/)?.[0].replaceAll(',', ''));
  await page.keyboard.type(String(Math.floor(mark * 0.98)));
  await ready(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('table', { name: 'Open orders' }).locator('tr[data-order]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Cancel order/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('No open orders.')).toBeVisible();
});

test('the first load and the first screen stay inside their budgets of JavaScript', async ({
  page,
  request,
}) => {
  const scripts = new Set<string>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.add(response.url());
  });
  await page.goto(`${desk.origin}/trade/BTC-PERP`);
  const inPage = await page
    .locator('script[src]:not([nomodule])')
    .evaluateAll((all) => all.map((each) => (each as HTMLScriptElement).src));
  await expect(page.getByRole('grid', { name: /^Ladder/ })).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();
  const bytes = async (urls: Iterable<string>) => {
    let sum = 0;
    for (const url of urls) sum += gzipSync(await (await request.get(url)).body(), { level: 9 }).length;
    return sum;
  };
  expect(await bytes(new Set(inPage))).toBeLessThan(FIRST_LOAD_BYTES_MAX);
  expect(await bytes(scripts)).toBeLessThan(FIRST_SCREEN_BYTES_MAX);
});
